//! What other programs are given, byte for byte.

use super::*;
use crate::trace::Map;
use crate::trace::tests::map;

const FEED: &str = "1 ann 1000 says=mule views=90@2000\n2 b&b 1005 repost=1\n3 cid 1010 quote=9 says=mule";

fn text(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn csv(map: &Map, name: &str) -> String {
    let table = tables(map).into_iter().find(|table| table.name == name).unwrap();
    text(|out| table.csv(out).map_err(Into::into))
}

#[test]
fn gexf_holds_types_and_times() {
    let graph = Graph::of_spread(&map(FEED));
    assert_eq!(
        text(|out| gexf(&graph, out)),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph mode="dynamic" timeformat="double" defaultedgetype="directed">
<attributes class="node" mode="static">
<attribute id="0" title="account" type="string"/>
<attribute id="1" title="captured" type="long"/>
</attributes>
<attributes class="edge" mode="static">
<attribute id="0" title="how" type="string"/>
<attribute id="1" title="tie" type="string"/>
</attributes>
<nodes>
<node id="1" label="1"><attvalues><attvalue for="1" value="1"/></attvalues></node>
<node id="2" label="2" start="1005"><attvalues><attvalue for="1" value="1"/><attvalue for="0" value="b&amp;b"/></attvalues></node>
<node id="3" label="3" start="1010"><attvalues><attvalue for="1" value="1"/><attvalue for="0" value="cid"/></attvalues></node>
<node id="9" label="9"><attvalues><attvalue for="1" value="0"/></attvalues></node>
</nodes>
<edges>
<edge id="0" source="2" target="1" weight="1" start="1005"><attvalues><attvalue for="1" value="repost"/><attvalue for="0" value="captured"/></attvalues></edge>
<edge id="1" source="3" target="9" weight="1" start="1010"><attvalues><attvalue for="1" value="quote"/><attvalue for="0" value="parent-missing"/></attvalues></edge>
</edges>
</graph>
</gexf>
"#
    );
}

#[test]
fn graphml_declares_every_key_it_uses() {
    let graph = Graph::of_spread(&map(FEED));
    let written = text(|out| graphml(&graph, out));
    for part in written.split("<data key=\"").skip(1) {
        let key = part.split('"').next().unwrap();
        assert!(written.contains(&format!("<key id=\"{key}\" ")), "{key}");
    }
    assert!(written.contains("<data key=\"e_start_ms\">1005000</data>"));
}

#[test]
fn tables_name_the_posts_and_what_they_cannot_show() {
    let map = map(
        "c county 100 corrects=mule\n1 ann 50 says=mule views=90@60\n2 ann 120 reply=c\n3 ann 130 says=mule",
    );
    assert_eq!(
        csv(&map, "notice"),
        "account,claim,notice_utc,basis,proof,kept_on,passed_on,undated,cannot_show,disarm\n\
         ann,mule,1970-01-01T00:02:00Z,answered,2 c,3,,,notice-not-belief,T0060\n"
    );
    let reach = csv(&map, "reach");
    assert!(reach.contains("mule,1,ann,1970-01-01T00:00:50Z,90,1970-01-01T00:01:00Z,"), "{reach}");
    assert!(reach.contains("mule,3,ann,1970-01-01T00:02:10Z,,,,true,views-as-shown"), "{reach}");
    let first = csv(&map, "first-seen");
    assert!(first.contains("claim,mule,1,ann,1970-01-01T00:00:50Z,alone,,2,0,first-outside"), "{first}");
    assert!(csv(&map, "coordination").starts_with("by,account_a,"));
}

#[test]
fn the_surge_is_tables_with_its_uncertainty() {
    let few = map("1 ann 36000 says=mule\n2 bob 37000 harmful\n3 cid 39600 harmful\n4 dee 3600 harmful");
    assert_eq!(
        csv(&few, "surge-hours"),
        "hour_utc,spreading,harmful,cannot_show\n\
         1970-01-01T01:00:00Z,0,1,not-cause\n1970-01-01T10:00:00Z,1,1,not-cause\n1970-01-01T11:00:00Z,0,1,not-cause\n"
    );
    let around = csv(&few, "surge-around");
    assert!(
        around.starts_with("post,hours,before,after,ratio,low_95,high_95,cannot_show\n1,24,1,2,2,"),
        "{around}"
    );
    // Three messages support no model, and nothing is made up in its place.
    assert_eq!(csv(&few, "surge-model"), "what,value\n");
    assert_eq!(csv(&few, "surge-attributed").lines().count(), 1);

    let mut feed = String::from("1 ann 36000 says=mule\n");
    for number in 0..30 {
        feed += &format!("m{number} bob {} harmful\n", 36_000 + 200 * number * number);
    }
    let many = map(&feed);
    let model = csv(&many, "surge-model");
    assert!(model.contains("\nper_spreading_post,") && model.ends_with("cannot_show,not-cause\n"), "{model}");
    let attributed = csv(&many, "surge-attributed");
    let mut sums = std::collections::BTreeMap::<&str, f64>::new();
    for line in attributed.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        *sums.entry(cells[0]).or_default() += cells[3].parse::<f64>().unwrap();
    }
    assert_eq!(sums.len(), 30);
    // A post that a message came from with less than one in a hundred is not named.
    assert!(sums.values().all(|sum| (0.99..1.0 + 1e-9).contains(sum)), "{sums:?}");
}

#[test]
fn accounts_that_act_together_bear_the_number_of_the_pattern_where_one_fits() {
    // Two accounts answer the same five posts within seconds, among forty that answer one post.
    let mut feed = String::new();
    for post in 0..5 {
        feed += &format!("p{post} ann {} reply=q{post}\n", post * 10_000);
        feed += &format!("r{post} bob {} reply=q{post}\n", post * 10_000 + 7);
    }
    for number in 0..40 {
        feed += &format!("o{number} other{number} {} reply=popular\n", 90_000 + number);
    }
    let map = map(&feed);
    assert!(!map.coordination.rows.is_empty());
    let table = csv(&map, "coordination");
    assert!(table.lines().next().unwrap().ends_with(",cannot_show,disarm"), "{table}");
    assert!(
        table.lines().skip(1).all(|line| line.starts_with("reply,") && line.ends_with(",T0049.005")),
        "{table}"
    );
    let graph = text(|out| graphml(&Graph::of_coordination(&map), out));
    assert!(graph.contains("\">T0049.005</data>"), "{graph}");
}
