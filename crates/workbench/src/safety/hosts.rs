//! The names under which a workbench on this machine is asked. Another name that leads here is a page somewhere else that
//! has turned its own name towards this machine, to read what it may not.

/// Whether a `Host` header names this machine, whatever the port.
pub(super) fn is_own(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_this_machine_is_own() {
        for own in ["localhost", "LOCALHOST:8080", "127.0.0.1:8020", "127.1.2.3", "[::1]:8020"] {
            assert!(is_own(own), "{own}");
        }
        for foreign in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]"] {
            assert!(!is_own(foreign), "{foreign}");
        }
    }
}
