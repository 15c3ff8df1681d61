//! What the tests of helpers share: the app with a door for them, somebody who knows its fingerprint, what they were handed.

use std::net::SocketAddr;
use std::time::Duration;

use crate::common::{App, Client, between, demo_case, tls};

const LONG: Duration = Duration::from_secs(600);

/// The app on the demo's case with a door for helpers; the owner at this computer.
pub fn app(folder: &std::path::Path) -> (App, Client) {
    let helpers: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let app = App::with_helpers(Some(demo_case(folder)), folder, LONG, Some(helpers));
    let owner = app.client();
    (app, owner)
}

/// Somebody on the network who was told the fingerprint.
pub fn stranger(app: &App) -> Client {
    let (address, fingerprint) = app.server.helpers().expect("the door is open");
    Client { trusts: Some(tls::trusting(fingerprint)), ..Client::new(address) }
}

/// Makes a helper; returns their passphrase.
pub fn add(owner: &mut Client, fields: &str) -> String {
    let page = owner.submit("/helpers", "/helpers", fields);
    assert_eq!(page.status, 200, "{}", page.body);
    between(&page.body, "<code>", "</code>").unwrap().to_owned()
}

pub fn sign(client: &mut Client, name: &str, passphrase: &str) -> u16 {
    client.post("/sign", &format!("name={name}&passphrase={passphrase}")).status
}

/// Ids of the findings of a kind, as the owner sees them.
pub fn ids(owner: &mut Client, kind: &str) -> Vec<String> {
    let list = owner.get(&format!("/review/list?kind={kind}")).body;
    list.split("/review/item?id=").skip(1).map(|rest| rest[..64].to_owned()).collect()
}
