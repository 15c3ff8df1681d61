//! Actions in Parquet: every type that holds an id or a time exactly is read, others are refused in words, and no damaged file
//! brings anything but a sentence.

use std::sync::Arc;

use network::together::{
    ActionRow, Actions, ActionsFile, Chance, Columns, Kind, Measure, ParquetEdges, Question, ReadError,
    Table, Wanted, each, read_csv, read_parquet_bytes, together,
};
use parquet::basic::Compression;
use parquet::data_type::{
    ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, FloatType,
    Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Values of a column; `None` is a missing one.
enum Column {
    Text(Vec<Option<&'static str>>),
    Whole(Vec<Option<i64>>),
    Narrow(Vec<i32>),
    Double(Vec<f64>),
    Float(Vec<f32>),
    Fixed(Vec<Vec<u8>>),
    Julian(Vec<Int96>),
}

fn written(columns: &[(&str, Column)], compression: Compression) -> Vec<u8> {
    let fields: String = columns.iter().map(|(field, _)| format!("{field};\n")).collect();
    let schema = Arc::new(parse_message_type(&format!("message t {{ {fields} }}")).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    let mut group = file.next_row_group().unwrap();
    fn put<T: DataType>(
        group: &mut parquet::file::writer::SerializedRowGroupWriter<'_, Vec<u8>>,
        values: &[T::T],
        levels: Option<Vec<i16>>,
    ) {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<T>().write_batch(values, levels.as_deref(), None).unwrap();
        column.close().unwrap();
    }
    for (field, column) in columns {
        let optional = field.starts_with("OPTIONAL");
        match column {
            Column::Text(values) => {
                let levels =
                    optional.then(|| values.iter().map(|value| i16::from(value.is_some())).collect());
                let values: Vec<ByteArray> = values.iter().flatten().map(|value| (*value).into()).collect();
                put::<ByteArrayType>(&mut group, &values, levels);
            }
            Column::Whole(values) => {
                let levels =
                    optional.then(|| values.iter().map(|value| i16::from(value.is_some())).collect());
                let values: Vec<i64> = values.iter().flatten().copied().collect();
                put::<Int64Type>(&mut group, &values, levels);
            }
            Column::Narrow(values) => put::<Int32Type>(&mut group, values, None),
            Column::Double(values) => put::<DoubleType>(&mut group, values, None),
            Column::Float(values) => put::<FloatType>(&mut group, values, None),
            Column::Fixed(values) => {
                let values: Vec<FixedLenByteArray> =
                    values.iter().map(|value| ByteArray::from(value.clone()).into()).collect();
                put::<FixedLenByteArrayType>(&mut group, &values, None);
            }
            Column::Julian(values) => put::<Int96Type>(&mut group, values, None),
        }
    }
    group.close().unwrap();
    file.into_inner().unwrap()
}

fn read(bytes: Vec<u8>) -> Result<Table, ReadError> {
    read_parquet_bytes(bytes, &Wanted { columns: &Columns::coortweet(), kinds: &[] })
}

fn question() -> Question {
    Question {
        within_ms: 60_000,
        min_weight: 1,
        measure: Measure::Pairs,
        chance: Chance::Strength,
        nearer_ms: Vec::new(),
        max_pairs_per_object: None,
        memory_budget: 1 << 30,
    }
}

/// The edges within a minute, as `a b weight mean_delta_s`.
fn edges(actions: &Actions) -> Vec<String> {
    let edges = together(actions, &question(), &mut |_| true).unwrap().edges;
    edges
        .iter()
        .map(|edge| {
            let (a, b) = (actions.account_name(edge.a), actions.account_name(edge.b));
            format!("{a} {b} {} {}", edge.weight, edge.mean_delta_s())
        })
        .collect()
}

fn text(values: &[&'static str]) -> Column {
    Column::Text(values.iter().map(|value| Some(*value)).collect())
}

/// A table of two accounts on one thing, the column of times as given.
fn with_times(field: &str, times: Column) -> Vec<u8> {
    let columns = [
        ("REQUIRED BYTE_ARRAY account_id (UTF8)", text(&["a", "b"])),
        ("REQUIRED BYTE_ARRAY object_id (UTF8)", text(&["o", "o"])),
        ("REQUIRED BYTE_ARRAY content_id (UTF8)", text(&["1", "2"])),
        (field, times),
    ];
    written(&columns, Compression::SNAPPY)
}

#[test]
fn every_form_of_time_is_read() {
    let whole = |one, other| Column::Whole(vec![Some(one), Some(other)]);
    for (field, times) in [
        ("REQUIRED INT64 timestamp_share", whole(1_700_000_000, 1_700_000_030)),
        ("REQUIRED INT32 timestamp_share", Column::Narrow(vec![1_700_000_000, 1_700_000_030])),
        (
            "REQUIRED INT64 timestamp_share (TIMESTAMP(MILLIS,true))",
            whole(1_700_000_000_000, 1_700_000_030_000),
        ),
        (
            "REQUIRED INT64 timestamp_share (TIMESTAMP(MICROS,false))",
            whole(1_700_000_000_000_000, 1_700_000_030_000_000),
        ),
        (
            "REQUIRED INT64 timestamp_share (TIMESTAMP(NANOS,true))",
            whole(1_700_000_000_000_000_000, 1_700_000_030_000_000_000),
        ),
        ("REQUIRED INT64 timestamp_share (TIMESTAMP_MILLIS)", whole(1_700_000_000_000, 1_700_000_030_000)),
        ("REQUIRED INT64 time_ms", whole(1_700_000_000_000, 1_700_000_030_000)),
        ("REQUIRED DOUBLE timestamp_share", Column::Double(vec![1_700_000_000.0, 1_700_000_030.0])),
        (
            "REQUIRED BYTE_ARRAY timestamp_share (UTF8)",
            text(&["2023-11-14T22:13:20Z", "2023-11-14T23:13:50+01:00"]),
        ),
        ("OPTIONAL BYTE_ARRAY timestamp_share (UTF8)", text(&["1700000000", "1700000030.0"])),
        (
            "REQUIRED INT96 timestamp_share",
            Column::Julian(
                [80_000u64, 80_030]
                    .map(|seconds| {
                        let nanos = seconds * 1_000_000_000;
                        let mut time = Int96::new();
                        time.set_data(nanos as u32, (nanos >> 32) as u32, 2_460_263);
                        time
                    })
                    .to_vec(),
            ),
        ),
    ] {
        let table = read(with_times(field, times)).unwrap_or_else(|error| panic!("{field}: {error}"));
        assert_eq!(table.troubles, [], "{field}");
        assert_eq!(edges(&table.actions), ["a b 1 30"], "{field}");
    }
}

#[test]
fn times_that_cannot_be_are_told_row_by_row_or_refused() {
    let table = read(with_times(
        "OPTIONAL INT64 timestamp_share",
        Column::Whole(vec![None, Some(1_700_000_000_000)]),
    ))
    .unwrap();
    let codes: Vec<&str> = table.troubles.iter().map(|trouble| trouble.code.as_ref()).collect();
    assert_eq!(codes, ["actions.time", "actions.time"], "a missing time, and milliseconds taken for seconds");
    for (field, times, words) in [
        ("REQUIRED FLOAT timestamp_share", Column::Float(vec![1.7e9, 1.7e9]), "off by a minute"),
        (
            "REQUIRED INT32 timestamp_share (DATE)",
            Column::Narrow(vec![19_675, 19_675]),
            "days without a time",
        ),
        ("REQUIRED INT32 timestamp_share (TIME_MILLIS)", Column::Narrow(vec![1, 2]), "times without a day"),
    ] {
        let error = read(with_times(field, times)).unwrap_err().to_string();
        assert!(error.contains(words), "{field}: {error}");
    }
}

/// A table of two accounts on one thing, with the accounts as given.
fn with_accounts(field: &str, accounts: Column) -> Vec<u8> {
    let columns = [
        (field, accounts),
        ("REQUIRED BYTE_ARRAY object_id", text(&["o", "o"])),
        ("OPTIONAL BYTE_ARRAY content_id (UTF8)", Column::Text(vec![None, None])),
        ("REQUIRED INT64 timestamp_share", Column::Whole(vec![Some(0), Some(30)])),
    ];
    written(&columns, Compression::UNCOMPRESSED)
}

#[test]
fn ids_keep_every_digit() {
    let long = 1_985_724_259_103_670_395i64;
    let fixed = |number: i128| number.to_be_bytes().to_vec();
    for (field, accounts, expected) in [
        (
            "REQUIRED BYTE_ARRAY account_id (UTF8)",
            text(&["1985724259103670395", "é"]),
            "1985724259103670395 é 1 30",
        ),
        (
            "OPTIONAL INT64 account_id",
            Column::Whole(vec![Some(long), Some(long + 1)]),
            "1985724259103670395 1985724259103670396 1 30",
        ),
        (
            "REQUIRED INT64 account_id (INTEGER(64,false))",
            Column::Whole(vec![Some(-1), Some(-2)]),
            "18446744073709551614 18446744073709551615 1 30",
        ),
        ("REQUIRED INT32 account_id", Column::Narrow(vec![-7, 5]), "-7 5 1 30"),
        (
            "REQUIRED FIXED_LEN_BYTE_ARRAY(16) account_id (DECIMAL(38,0))",
            Column::Fixed(vec![fixed(i128::from(long)), fixed(-3)]),
            "-3 1985724259103670395 1 30",
        ),
        (
            "REQUIRED FIXED_LEN_BYTE_ARRAY(16) account_id (UUID)",
            Column::Fixed(vec![(0..16).collect(), (16..32).collect()]),
            "00010203-0405-0607-0809-0a0b0c0d0e0f 10111213-1415-1617-1819-1a1b1c1d1e1f 1 30",
        ),
    ] {
        let table = read(with_accounts(field, accounts)).unwrap_or_else(|error| panic!("{field}: {error}"));
        assert_eq!(edges(&table.actions), [expected], "{field}");
    }
}

#[test]
fn ids_that_went_through_a_float_are_refused() {
    for (field, accounts) in [
        ("REQUIRED DOUBLE account_id", Column::Double(vec![1.985e18, 2.0])),
        ("REQUIRED FLOAT account_id", Column::Float(vec![1.0, 2.0])),
    ] {
        let error = read(with_accounts(field, accounts)).unwrap_err().to_string();
        assert!(error.contains("“account_id”") && error.contains("lost their last digits"), "{error}");
    }
    let fraction =
        with_accounts("REQUIRED INT64 account_id (DECIMAL(18,2))", Column::Whole(vec![Some(1), Some(2)]));
    assert!(read(fraction).unwrap_err().to_string().contains("a fraction"));
}

#[test]
fn missing_ids_are_nothing_and_missing_columns_are_named() {
    let table =
        read(with_accounts("OPTIONAL BYTE_ARRAY account_id (UTF8)", Column::Text(vec![None, Some("b")])))
            .unwrap();
    assert_eq!((table.actions.rows(), table.actions.empty_rows()), (2, 1));
    let bytes = with_accounts("REQUIRED BYTE_ARRAY user (UTF8)", text(&["a", "b"]));
    let error = read(bytes.clone()).unwrap_err().to_string();
    assert_eq!(
        error,
        "The table has no column “account_id”; it has: user, object_id, content_id, timestamp_share. \
         Name your columns with --columns account_id=NAME."
    );
    let columns = Columns::renamed("account_id=user").unwrap();
    let table = read_parquet_bytes(bytes, &Wanted { columns: &columns, kinds: &[] }).unwrap();
    assert_eq!(edges(&table.actions), ["a b 1 30"]);
}

#[test]
fn every_compression_but_one_is_read_and_the_one_is_named() {
    use parquet::basic::{GzipLevel, ZstdLevel};
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
    ] {
        let columns = [
            ("REQUIRED BYTE_ARRAY account_id (UTF8)", text(&["a", "b"])),
            ("REQUIRED BYTE_ARRAY object_id (UTF8)", text(&["o", "o"])),
            ("REQUIRED BYTE_ARRAY content_id (UTF8)", text(&["1", "2"])),
            ("REQUIRED INT64 timestamp_share", Column::Whole(vec![Some(0), Some(30)])),
        ];
        assert_eq!(
            edges(&read(written(&columns, compression)).unwrap().actions),
            ["a b 1 30"],
            "{compression:?}"
        );
    }
}

/// Some hundred actions in redress's own layout, and the same as CSV.
fn both() -> (Vec<u8>, String) {
    let mut csv = String::from("account_id,action,object_id,content_id,time_ms\n");
    let mut bytes = Vec::new();
    let mut file = ActionsFile::new(&mut bytes).unwrap();
    for n in 0..400u32 {
        let (account, object, content) = (format!("u{}", n % 17), format!("o{}", n % 5), n.to_string());
        let action = if n % 3 == 0 { Kind::Link } else { Kind::Repost };
        let millis = i64::from(n) * 7919 % 300_000;
        csv += &format!("{account},{},{object},{content},{millis}\n", action.word());
        file.push(&ActionRow { account: &account, action, object: &object, content: &content, millis })
            .unwrap();
    }
    file.finish().unwrap();
    (bytes, csv)
}

#[test]
fn our_own_layout_reads_back_as_the_same_table_in_csv_does() {
    let (bytes, csv) = both();
    let columns = Columns::coortweet();
    for kinds in [&[][..], &[Kind::Repost], &[Kind::Link, Kind::Repost], &[Kind::Reply]] {
        let wanted = Wanted { columns: &columns, kinds };
        let one = read_parquet_bytes(bytes.clone(), &wanted).unwrap();
        let other = read_csv(csv.as_bytes(), &wanted).unwrap();
        assert_eq!(one.troubles, other.troubles);
        assert_eq!(edges(&one.actions), edges(&other.actions), "{kinds:?}");
        assert_eq!(edges(&one.actions).is_empty(), kinds == [Kind::Reply]);
    }
    // Of two kinds the same thing is two things: nobody meets across them.
    let weight = |kinds: &[Kind]| {
        let table = read_parquet_bytes(bytes.clone(), &Wanted { columns: &columns, kinds }).unwrap();
        each(&table.actions, &question(), &mut |_| true, &mut |_| true).unwrap().weight
    };
    assert_eq!(weight(&[Kind::Link, Kind::Repost]), weight(&[Kind::Link]) + weight(&[Kind::Repost]));
    assert!(weight(&[]) > weight(&[Kind::Link, Kind::Repost]));
}

#[test]
fn edges_are_written_with_their_columns() {
    let (bytes, _) = both();
    let table = read(bytes).unwrap();
    let asked = Question { nearer_ms: vec![10_000], ..question() };
    let answer = together(&table.actions, &asked, &mut |_| true).unwrap();
    let mut written = Vec::new();
    let mut out = ParquetEdges::new(&table.actions, &["10s".to_owned()], &mut written).unwrap();
    for edge in &answer.edges {
        out.write(edge).unwrap();
    }
    out.finish().unwrap();
    let file = SerializedFileReader::new(bytes::Bytes::from(written)).unwrap();
    let rows: Vec<String> = file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert_eq!(rows.len(), answer.edges.len());
    assert!(rows[0].starts_with("{account_a: \"u0\", account_b: \"u1\", weight: "), "{}", rows[0]);
    assert!(rows[0].contains("within_10s: "), "{}", rows[0]);
}

#[test]
fn a_damaged_file_brings_a_sentence_and_nothing_worse() {
    let (bytes, _) = both();
    for end in (0..bytes.len()).step_by(37) {
        let error = read(bytes[..end].to_vec()).unwrap_err().to_string();
        assert!(error.starts_with("This Parquet file could not be read"), "cut at {end}: {error}");
    }
    let (mut refused, mut read_on) = (0, 0);
    for at in (0..bytes.len()).step_by(3) {
        let mut damaged = bytes.clone();
        damaged[at] ^= [0x01, 0x80, 0xff][at / 3 % 3];
        // Some changes fall on values that are as good as any other; none may panic, hang or ask for the whole memory.
        match read(damaged) {
            Ok(_) => read_on += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 100 && read_on > 0, "{refused} refused, {read_on} read on");
}
