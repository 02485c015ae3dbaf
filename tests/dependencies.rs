//! What the program is linked with: permissive licences, one registry, no network client.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that may be linked: permissive all of them, OFL and the like for fonts alone.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that would let data out.
const NETWORK: &[&str] = &[
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "curl-sys",
    "isahc",
    "surf",
    "attohttpc",
    "minreq",
    "native-tls",
    "rustls",
    "openssl",
    "openssl-sys",
    "webbrowser",
    "quinn",
    "tungstenite",
];

/// The dependency tree, of every platform where the registry has been fetched whole, else of this one.
fn metadata() -> Value {
    let cargo = |extra: &[&str]| {
        Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked", "--offline"])
            .args(extra)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo answers")
    };
    let mut output = cargo(&[]);
    if !output.status.success() {
        let version = Command::new("rustc").arg("-vV").output().expect("rustc answers");
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
        output = cargo(&["--filter-platform", host]);
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// Whether an SPDX expression can be met from the list: any alternative of every part.
fn met(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let flat = expression.replace(['(', ')'], " ");
    // Without parentheses AND binds tighter than OR; with them every name must be allowed.
    if expression.contains('(') && expression.contains(" AND ") {
        return flat.split(" AND ").all(|part| part.split(" OR ").any(|name| ALLOWED.contains(&name.trim())));
    }
    flat.split(" OR ").any(|part| part.split(" AND ").all(|name| ALLOWED.contains(&name.trim())))
}

#[test]
fn licences_are_permissive_and_sources_are_the_registry() {
    let metadata = metadata();
    let own: BTreeSet<&str> =
        metadata["workspace_members"].as_array().expect("members").iter().filter_map(Value::as_str).collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for package in metadata["packages"].as_array().expect("packages") {
        if own.contains(package["id"].as_str().unwrap_or("")) {
            continue;
        }
        seen += 1;
        let name = package["name"].as_str().unwrap_or("?");
        let licence = package["license"].as_str().unwrap_or("");
        if !met(licence) {
            wrong.push(format!("{name}: licence “{licence}”"));
        }
        if !package["source"]
            .as_str()
            .unwrap_or("")
            .starts_with("registry+https://github.com/rust-lang/crates.io-index")
        {
            wrong.push(format!("{name}: from {}", package["source"]));
        }
    }
    assert!(seen > 50, "the tree was read");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_network_client_is_linked() {
    let metadata = metadata();
    let names: BTreeMap<&str, &str> = (metadata["packages"].as_array().expect("packages").iter())
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect();
    let found: Vec<_> = names.values().filter(|name| NETWORK.contains(name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn there_is_no_unsafe_of_our_own() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(root.join(file)).expect("it is there");
    assert!(read("src/lib.rs").contains("#![forbid(unsafe_code)]"));
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    let sources = walkdir::WalkDir::new(root.join("src")).into_iter().filter_map(Result::ok);
    let mut seen = 0;
    for entry in sources.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs")) {
        seen += 1;
        let text = std::fs::read_to_string(entry.path()).expect("a source file");
        assert!(!text.contains("allow(unsafe_code)"), "{}", entry.path().display());
    }
    assert!(seen > 100, "the sources were read");
}

#[test]
fn expressions_are_read_as_spdx_has_them() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-2.0", false),
        ("", false),
    ] {
        assert_eq!(met(expression), expected, "{expression}");
    }
}
