//! Ways a person can be reached or found: e-mail, telephone, licence plate.
//!
//! These types hold private data given by the person whose case it is, so that exposures of it can be recognised.
//! Nothing here looks anybody up.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! contact {
    ($(#[$doc:meta])* $name:ident, $compare:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes `given` less surrounding white space. Returns `None` where nothing comparable is left.
            pub fn new(given: &str) -> Option<Self> {
                (!$compare(given).is_empty()).then(|| Self(given.trim().to_owned()))
            }

            /// Returns the text as given.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the form two of them are compared in.
            pub fn compare(&self) -> String {
                $compare(&self.0)
            }
        }

        impl fmt::Debug for $name {
            /// Writes no private data: a debug print must not become a leak.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "(…)"))
            }
        }
    };
}

contact! {
    /// An e-mail address. Compared in lower case.
    Email, email_form
}
contact! {
    /// A telephone number. Compared by its digits, without a leading 1 of ten-digit North American numbers.
    Phone, phone_form
}
contact! {
    /// A licence plate. Compared by letters and digits in upper case, with the look-alikes O and I read as 0 and 1.
    Plate, plate_form
}

fn email_form(given: &str) -> String {
    let form = given.trim().to_lowercase();
    if form.contains('@') { form } else { String::new() }
}

fn phone_form(given: &str) -> String {
    let digits: String = given.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('1') {
        Some(national) if national.len() == 10 => national.to_owned(),
        _ => digits,
    }
}

fn plate_form(given: &str) -> String {
    given
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_number_compare_equal() {
        for given in ["(202) 555-0143", "+1 202.555.0143", "2025550143"] {
            assert_eq!(Phone::new(given).unwrap().compare(), "2025550143");
        }
        assert_eq!(Plate::new("rdr-0000").unwrap().compare(), Plate::new("RDR OOOO").unwrap().compare());
        assert_eq!(Email::new("nobody"), None);
    }

    #[test]
    fn a_debug_print_shows_nothing_private() {
        assert_eq!(format!("{:?}", Phone::new("2025550143").unwrap()), "Phone(…)");
    }
}
