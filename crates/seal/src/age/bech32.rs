//! Bech32 (BIP 173) as age writes keys: 32 bytes under a name, with a checksum.

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Writes 32 bytes under `name`, in lower case.
pub fn encode(name: &str, bytes: &[u8; 32]) -> String {
    let mut groups = regroup(bytes, 8, 5, true).unwrap_or_default();
    let mut all = expanded(name);
    all.extend(&groups);
    all.extend([0; 6]);
    let check = polymod(&all) ^ 1;
    groups.extend((0..6).map(|place| (check >> (5 * (5 - place)) & 31) as u8));
    let text: String = groups.iter().map(|group| char::from(LETTERS[usize::from(*group)])).collect();
    format!("{name}1{text}")
}

/// Reads 32 bytes under `name`, in lower case; `None` where the text is not that or its checksum does not hold.
pub fn decode(name: &str, text: &str) -> Option<[u8; 32]> {
    let data = text.strip_prefix(name)?.strip_prefix('1')?;
    let groups: Option<Vec<u8>> = data
        .bytes()
        .map(|letter| LETTERS.iter().position(|known| *known == letter).map(|place| place as u8))
        .collect();
    let groups = groups?;
    let mut all = expanded(name);
    all.extend(&groups);
    if polymod(&all) != 1 {
        return None;
    }
    regroup(groups.get(..groups.len().checked_sub(6)?)?, 5, 8, false)?.try_into().ok()
}

fn expanded(name: &str) -> Vec<u8> {
    let mut all: Vec<u8> = name.bytes().map(|byte| byte >> 5).collect();
    all.push(0);
    all.extend(name.bytes().map(|byte| byte & 31));
    all
}

fn polymod(values: &[u8]) -> u32 {
    const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.iter().fold(1, |check, value| {
        let top = check >> 25;
        let mut check = (check & 0x1ff_ffff) << 5 ^ u32::from(*value);
        for (bit, generator) in GENERATORS.iter().enumerate() {
            if top >> bit & 1 == 1 {
                check ^= generator;
            }
        }
        check
    })
}

/// Cuts bits into groups of another width; `None` where bits that should be padding are set.
fn regroup(values: &[u8], from: u32, to: u32, pad: bool) -> Option<Vec<u8>> {
    let (mut held, mut bits, mut groups) = (0u32, 0, Vec::new());
    for value in values {
        held = held << from | u32::from(*value);
        bits += from;
        while bits >= to {
            bits -= to;
            groups.push((held >> bits & ((1 << to) - 1)) as u8);
        }
        held &= (1 << bits) - 1;
    }
    if pad {
        if bits > 0 {
            groups.push((held << (to - bits) & ((1 << to) - 1)) as u8);
        }
        Some(groups)
    } else {
        (bits < from && held == 0).then_some(groups)
    }
}
