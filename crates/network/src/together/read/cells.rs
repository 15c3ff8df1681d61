//! A column of a Parquet file, some rows at a time: as text for ids, as milliseconds for times.
//!
//! An id is taken from text, bytes, whole numbers, decimals without fraction and UUIDs; every digit stays. Numbers with a
//! floating point are refused for ids before a row is read: beyond 2^53 they have lost digits already, and no reader can
//! tell which.

use std::fmt::Write;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType,
    Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescriptor;

use super::{LAST_SECOND, ReadError};

/// How the values of a column are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Text or bytes.
    Text,
    /// A whole number.
    Signed,
    /// A whole number without sign.
    Unsigned,
    /// A whole number in bytes, highest first, two's complement.
    Decimal,
    /// Sixteen bytes that are one number.
    Uuid,
    /// Units of time since the Unix epoch, so many to a second.
    Since(i64),
    /// Nanoseconds of a day and a Julian day, as old Spark and Impala write times.
    Julian,
    /// Seconds since the Unix epoch, with a floating point.
    Double,
}

/// Says how a column of ids is to be taken.
pub(super) fn form_of_ids(column: &ColumnDescriptor) -> Result<Form, ReadError> {
    let refused = |holds: &str, next| {
        Err(ReadError::Column { column: column.path().string(), holds: holds.to_owned(), next })
    };
    if column.max_rep_level() > 0 {
        return refused("lists", "Write one row for each pair of account and thing.");
    }
    let scale_free = column.type_scale() <= 0;
    match (column.physical_type(), column.logical_type_ref(), column.converted_type()) {
        (Physical::BYTE_ARRAY, Some(LogicalType::Decimal(_)), _)
        | (Physical::BYTE_ARRAY, _, ConvertedType::DECIMAL)
            if scale_free =>
        {
            Ok(Form::Decimal)
        }
        (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Decimal(_)), _)
        | (Physical::FIXED_LEN_BYTE_ARRAY, _, ConvertedType::DECIMAL)
            if scale_free && column.type_length() <= 16 =>
        {
            Ok(Form::Decimal)
        }
        (_, Some(LogicalType::Decimal(_)), _) | (_, _, ConvertedType::DECIMAL) if !scale_free => {
            refused("decimals with a fraction", IDS)
        }
        (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Uuid), _) => Ok(Form::Uuid),
        (Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY, ..) => Ok(Form::Text),
        (
            Physical::INT32 | Physical::INT64,
            Some(LogicalType::Timestamp(_) | LogicalType::Date | LogicalType::Time(_)),
            _,
        ) => refused("times", IDS),
        (Physical::INT32 | Physical::INT64, ..) if unsigned(column) => Ok(Form::Unsigned),
        (Physical::INT32 | Physical::INT64, ..) => Ok(Form::Signed),
        (Physical::FLOAT | Physical::DOUBLE, ..) => refused(
            "numbers with a floating point, in which long ids have lost their last digits",
            "Export the table again from its source, with ids as text or whole numbers.",
        ),
        (Physical::INT96, ..) => refused("times", IDS),
        (Physical::BOOLEAN, ..) => refused("yes and no", IDS),
    }
}

const IDS: &str = "Ids are text or whole numbers: name the right column with --columns.";

/// Says how a column of times is to be taken; `millis`: whether its plain whole numbers are milliseconds.
pub(super) fn form_of_times(column: &ColumnDescriptor, millis: bool) -> Result<Form, ReadError> {
    let refused = |holds: &str, next| {
        Err(ReadError::Column { column: column.path().string(), holds: holds.to_owned(), next })
    };
    if column.max_rep_level() > 0 {
        return refused("lists", "Write one row for each action.");
    }
    match (column.physical_type(), column.logical_type_ref(), column.converted_type()) {
        (Physical::BYTE_ARRAY, ..) => Ok(Form::Text),
        (Physical::INT96, ..) => Ok(Form::Julian),
        (_, Some(LogicalType::Timestamp(time)), _) => Ok(Form::Since(match time.unit {
            TimeUnit::MILLIS => 1000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        })),
        (_, _, ConvertedType::TIMESTAMP_MILLIS) => Ok(Form::Since(1000)),
        (_, _, ConvertedType::TIMESTAMP_MICROS) => Ok(Form::Since(1_000_000)),
        (_, Some(LogicalType::Date), _) | (_, _, ConvertedType::DATE) => refused(
            "days without a time",
            "Name a column with times of day with --columns timestamp_share=NAME.",
        ),
        (_, Some(LogicalType::Time(_)), _)
        | (_, _, ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS) => refused(
            "times without a day",
            "Name a column with day and time with --columns timestamp_share=NAME.",
        ),
        (Physical::INT32 | Physical::INT64, ..) => Ok(Form::Since(if millis { 1000 } else { 1 })),
        (Physical::DOUBLE, ..) => Ok(Form::Double),
        (Physical::FLOAT, ..) => refused(
            "32-bit numbers with a floating point, in which unix seconds are off by a minute and more",
            "Export the table again with times as whole seconds.",
        ),
        _ => refused("no times", "Name the right column with --columns timestamp_share=NAME."),
    }
}

fn unsigned(column: &ColumnDescriptor) -> bool {
    matches!(column.logical_type_ref(), Some(LogicalType::Integer(whole)) if !whole.is_signed)
        || matches!(
            column.converted_type(),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
        )
}

/// Some rows of one column.
pub(super) struct Cells {
    reader: Reader,
    form: Form,
    /// The definition level of a value that is there; 0 where every row has one.
    there: i16,
    levels: Vec<i16>,
    row: usize,
    value: usize,
}

enum Reader {
    Bytes(ColumnReaderImpl<ByteArrayType>, Vec<ByteArray>),
    Fixed(ColumnReaderImpl<FixedLenByteArrayType>, Vec<FixedLenByteArray>),
    Narrow(ColumnReaderImpl<Int32Type>, Vec<i32>),
    Wide(ColumnReaderImpl<Int64Type>, Vec<i64>),
    Julian(ColumnReaderImpl<Int96Type>, Vec<Int96>),
    Double(ColumnReaderImpl<DoubleType>, Vec<f64>),
    /// Never taken: [`form_of_ids`] and [`form_of_times`] refuse it.
    Bool(ColumnReaderImpl<BoolType>, Vec<bool>),
}

impl Cells {
    pub fn new(reader: ColumnReader, form: Form, column: &ColumnDescriptor) -> Result<Self, ParquetError> {
        let reader = match reader {
            ColumnReader::ByteArrayColumnReader(reader) => Reader::Bytes(reader, Vec::new()),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => Reader::Fixed(reader, Vec::new()),
            ColumnReader::Int32ColumnReader(reader) => Reader::Narrow(reader, Vec::new()),
            ColumnReader::Int64ColumnReader(reader) => Reader::Wide(reader, Vec::new()),
            ColumnReader::Int96ColumnReader(reader) => Reader::Julian(reader, Vec::new()),
            ColumnReader::DoubleColumnReader(reader) => Reader::Double(reader, Vec::new()),
            ColumnReader::BoolColumnReader(reader) => Reader::Bool(reader, Vec::new()),
            ColumnReader::FloatColumnReader(_) => {
                return Err(ParquetError::General("a column changes its type".into()));
            }
        };
        Ok(Self { reader, form, there: column.max_def_level(), levels: Vec::new(), row: 0, value: 0 })
    }

    /// Reads the next rows, at most `most`; returns how many there were.
    pub fn fill(&mut self, most: usize) -> Result<usize, ParquetError> {
        (self.row, self.value) = (0, 0);
        let levels = (self.there > 0).then_some(&mut self.levels);
        match &mut self.reader {
            Reader::Bytes(reader, values) => fill(reader, values, levels, most),
            Reader::Fixed(reader, values) => fill(reader, values, levels, most),
            Reader::Narrow(reader, values) => fill(reader, values, levels, most),
            Reader::Wide(reader, values) => fill(reader, values, levels, most),
            Reader::Julian(reader, values) => fill(reader, values, levels, most),
            Reader::Double(reader, values) => fill(reader, values, levels, most),
            Reader::Bool(reader, values) => fill(reader, values, levels, most),
        }
    }

    /// Goes on to the next row; returns where its value is, or `None` where it has none.
    pub fn next(&mut self) -> Option<usize> {
        let there = self.there == 0 || self.levels.get(self.row) == Some(&self.there);
        self.row += 1;
        there.then(|| {
            self.value += 1;
            self.value - 1
        })
    }

    /// Returns a value as text, written to `scratch` where it is a number; `None` where it is not UTF-8.
    pub fn text<'a>(&'a self, value: usize, scratch: &'a mut String) -> Option<&'a str> {
        scratch.clear();
        let bytes = match &self.reader {
            Reader::Bytes(_, values) => values.get(value)?.data(),
            Reader::Fixed(_, values) => values.get(value)?.data(),
            Reader::Narrow(_, values) => {
                let number = *values.get(value)?;
                if self.form == Form::Unsigned {
                    let _ = write!(scratch, "{}", number as u32);
                } else {
                    let _ = write!(scratch, "{number}");
                }
                return Some(scratch);
            }
            Reader::Wide(_, values) => {
                let number = *values.get(value)?;
                if self.form == Form::Unsigned {
                    let _ = write!(scratch, "{}", number as u64);
                } else {
                    let _ = write!(scratch, "{number}");
                }
                return Some(scratch);
            }
            Reader::Julian(..) | Reader::Double(..) | Reader::Bool(..) => return None,
        };
        match self.form {
            Form::Decimal => {
                let negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
                let start = if negative { -1 } else { 0 };
                // More bytes than a number of 128 bits holds are no id.
                let bytes = Some(bytes).filter(|bytes| bytes.len() <= 16)?;
                let number = bytes.iter().fold(start, |sum: i128, byte| sum << 8 | i128::from(*byte));
                let _ = write!(scratch, "{number}");
                Some(scratch)
            }
            Form::Uuid => {
                for (at, byte) in bytes.iter().enumerate() {
                    let dash = if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
                    let _ = write!(scratch, "{dash}{byte:02x}");
                }
                Some(scratch)
            }
            _ => std::str::from_utf8(bytes).ok(),
        }
    }

    /// Returns a value as milliseconds since the Unix epoch; the error is what stands there, for the person.
    pub fn millis(&self, value: usize) -> Result<i64, String> {
        let seconds = |number: i64, per_second: i64| {
            // Rounded down, so that the order of times stays.
            let millis = if per_second == 1 {
                number.checked_mul(1000)
            } else {
                Some(number.div_euclid(per_second / 1000))
            };
            millis.filter(|millis| *millis / 1000 <= LAST_SECOND).ok_or_else(|| number.to_string())
        };
        let missing = || "nothing".to_owned();
        match (&self.reader, self.form) {
            (Reader::Narrow(_, values), Form::Since(unit)) => {
                seconds(i64::from(*values.get(value).ok_or_else(missing)?), unit)
            }
            (Reader::Wide(_, values), Form::Since(unit)) => {
                seconds(*values.get(value).ok_or_else(missing)?, unit)
            }
            (Reader::Julian(_, values), _) => {
                let [low, high, day] = *values.get(value).ok_or_else(missing)?.data() else {
                    return Err(missing());
                };
                let nanoseconds = u64::from(high) << 32 | u64::from(low);
                let days = i64::from(day) - 2_440_588;
                let millis = days * 86_400_000 + (nanoseconds / 1_000_000) as i64;
                Some(millis).filter(|millis| millis / 1000 <= LAST_SECOND).ok_or_else(|| day.to_string())
            }
            (Reader::Double(_, values), _) => {
                let number = *values.get(value).ok_or_else(missing)?;
                let millis = (number * 1000.0).round();
                if millis.is_finite() && millis.abs() <= LAST_SECOND as f64 * 1000.0 {
                    Ok(millis as i64)
                } else {
                    Err(number.to_string())
                }
            }
            _ => {
                let mut scratch = String::new();
                let text =
                    self.text(value, &mut scratch).ok_or_else(|| "bytes that are not UTF-8".to_owned())?;
                super::millis(text).ok_or_else(|| text.to_owned())
            }
        }
    }
}

fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    values: &mut Vec<T::T>,
    mut levels: Option<&mut Vec<i16>>,
    most: usize,
) -> Result<usize, ParquetError> {
    values.clear();
    if let Some(levels) = &mut levels {
        levels.clear();
    }
    let mut rows = 0;
    while rows < most {
        let (read, ..) = reader.read_records(most - rows, levels.as_deref_mut(), None, values)?;
        if read == 0 {
            break;
        }
        rows += read;
    }
    Ok(rows)
}
