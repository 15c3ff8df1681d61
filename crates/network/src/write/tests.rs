//! What other programs are given, byte for byte.

use super::*;
use crate::trace::tests::map;

const FEED: &str = "1 ann 1000 says=mule views=90@2000\n2 b&b 1005 repost=1\n3 cid 1010 quote=9 says=mule";

fn text(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
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
        text(|out| notice_csv(&map, out).map_err(Into::into)),
        "account,claim,notice_utc,basis,proof,kept_on,passed_on,undated,cannot_show\n\
         ann,mule,1970-01-01T00:02:00Z,answered,2 c,3,,,notice-not-belief\n"
    );
    let reach = text(|out| reach_csv(&map, out).map_err(Into::into));
    assert!(reach.contains("mule,1,ann,1970-01-01T00:00:50Z,90,1970-01-01T00:01:00Z,"), "{reach}");
    assert!(reach.contains("mule,3,ann,1970-01-01T00:02:10Z,,,,true,views-as-shown"), "{reach}");
    let first = text(|out| first_seen_csv(&map, out).map_err(Into::into));
    assert!(first.contains("claim,mule,1,ann,1970-01-01T00:00:50Z,alone,,2,0,first-outside"), "{first}");
    assert!(text(|out| coordination_csv(&map, out).map_err(Into::into)).starts_with("by,account_a,"));
}
