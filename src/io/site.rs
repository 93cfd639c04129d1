//! The source of a record: who published it.

/// The source of a record, as its fields say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Site {
    /// The value of the field that names the source.
    pub name: Option<String>,
    /// The host of the record's address, in lower case.
    pub host: Option<String>,
}

impl Site {
    /// The source with a name, and with an address that may be none.
    pub fn new(name: Option<String>, address: Option<&str>) -> Self {
        Self { name: name.filter(|name| !name.is_empty()), host: address.and_then(host) }
    }
}

/// The host of an address. A user, a port and the dot of the root are not part of it.
fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("//")?;
    let is_scheme = scheme.is_empty() || scheme.ends_with(':') && !scheme.contains(char::is_whitespace);
    let authority = rest.split(['/', '?', '#']).next().filter(|_| is_scheme)?;
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let name =
        if place.starts_with('[') { place.split_inclusive(']').next() } else { place.split(':').next() };
    let name = name?.trim_end_matches('.');
    (!name.is_empty()).then(|| name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_found() {
        for (address, expected) in [
            ("https://News.163.com/a?b=c#d", Some("news.163.com")),
            ("http://me:pass@example.org:8080", Some("example.org")),
            ("//example.org./a", Some("example.org")),
            ("http://[2001:db8::1]:80/", Some("[2001:db8::1]")),
            ("https://老街.台灣/夜市", Some("老街.台灣")),
            ("https://", None),
            ("a b//c", None),
            ("news.163.com", None),
            ("", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }
}
