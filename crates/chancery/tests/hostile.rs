//! Inputs that are broken or made to do harm: each costs one clear message and bounded time and memory, and what
//! stands beside it is read.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use chancery::intake::{Inputs, Options};
use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Far more than any of them takes, on any machine, however busy.
const TIME: Duration = Duration::from_secs(300);

const GOOD: &str = "The rebels left the town.";

/// A folder with one such input and a good text behind it gives the messages expected, and the good text.
#[track_caller]
fn check(name: &str, write: impl FnOnce(&mut dyn Write), expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let mut file = BufWriter::new(File::create(folder.path().join(name)).unwrap());
    write(&mut file);
    file.flush().unwrap();
    fs::write(folder.path().join("z.txt"), GOOD).unwrap();
    let begun = Instant::now();
    let found = read(folder.path());
    assert!(begun.elapsed() < TIME, "{name} took {:?}", begun.elapsed());
    let (last, before) = found.split_last().unwrap();
    assert_eq!(last, GOOD);
    assert_eq!(before.len(), expected.len(), "{before:?}");
    for (found, expected) in before.iter().zip(expected) {
        assert!(found.contains(expected), "{expected:?} in {found:?}");
    }
}

fn read(folder: &Path) -> Vec<String> {
    let options = Options { max_bytes: 1 << 20, ..Options::default() };
    let text = |item: Result<chancery::intake::Received, chancery::intake::Problem>| match item {
        Ok(received) => received.report.text,
        Err(problem) => problem.to_string(),
    };
    Inputs::new(vec![folder.to_path_buf()], options).map(text).collect()
}

fn pack(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write)) {
    let mut packed = GzEncoder::new(out, Compression::best());
    write(&mut packed);
    packed.finish().unwrap();
}

fn repeat(out: &mut dyn Write, piece: &[u8], megabytes: usize) {
    let block = piece.repeat((1 << 20) / piece.len());
    (0..megabytes).for_each(|_| out.write_all(&block).unwrap());
}

#[test]
fn long_lines_are_passed_over() {
    let line = |out: &mut dyn Write| {
        out.write_all(b"{\"text\": \"").unwrap();
        repeat(out, b"word ", 1024);
        out.write_all(b"\"}\n{\"text\": \"Peace.\"}\n").unwrap();
    };
    check("a.jsonl", line, &["a.jsonl:1: skipped: it is longer than", "Peace."]);
    check("a.txt", |out| repeat(out, b"word ", 16), &["a.txt: skipped: it is longer than"]);
    check("a.html", |out| repeat(out, b"<p>word ", 16), &["a.html: skipped: it is longer than"]);
    let table = |out: &mut dyn Write| {
        out.write_all(b"text\n").unwrap();
        repeat(out, b"word ", 100);
        out.write_all(b"\nPeace.\n").unwrap();
    };
    check("a.csv", table, &["a.csv:2: skipped: it is longer than", "Peace."]);
    let feed = |out: &mut dyn Write| {
        out.write_all(b"<rss><item><title>Peace.</title></item><item><title>").unwrap();
        repeat(out, b"word ", 100);
    };
    check("a.xml", feed, &["Peace.", "a.xml, entry 2: skipped: it is longer than"]);
}

#[test]
fn bombs_are_stopped() {
    check("a.txt.gz", |out| pack(out, |out| repeat(out, b"a", 300)), &["a.txt.gz: skipped: it is longer than"]);
    let lines = |out: &mut dyn Write| pack(out, |out| repeat(out, b"{\"a\"}   ", 300));
    let folder = tempfile::tempdir().unwrap();
    lines(&mut File::create(folder.path().join("a.jsonl.gz")).unwrap());
    let found = read(folder.path());
    assert!(found.last().unwrap().contains("times its size"), "{:?}", found.last());
    let twice = |out: &mut dyn Write| pack(out, |out| pack(out, |out| pack(out, |out| out.write_all(b"x").unwrap())));
    check("a.gz", twice, &["a.gz: skipped: it is packed several times over"]);
}

#[test]
fn inputs_that_are_all_wrong_are_left() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), "{\"a\"\n".repeat(100_000)).unwrap();
    fs::write(folder.path().join("b.txt"), GOOD).unwrap();
    let found = read(folder.path());
    assert_eq!(found.len(), 1002);
    assert!(found[1000].contains("a.jsonl:1001: skipped: so are the 1000 lines before it"), "{}", found[1000]);
}

#[test]
fn deep_pages_are_refused() {
    check(
        "a.html",
        |out| out.write_all("<div>".repeat(100_000).as_bytes()).unwrap(),
        &["a.html: skipped: its elements are nested"],
    );
    check(
        "a.xml",
        |out| out.write_all(format!("<rss>{}", "<a>".repeat(100_000)).as_bytes()).unwrap(),
        &["a.xml: skipped: its elements are nested"],
    );
}

#[test]
fn cut_files_are_told() {
    let lines = |out: &mut dyn Write| {
        let mut whole = Vec::new();
        pack(&mut whole, |out| {
            (0..2000).for_each(|n| writeln!(out, "{{\"text\": \"Report {}.\"}}", n * 7919 % 9973).unwrap())
        });
        out.write_all(&whole[..whole.len() / 2]).unwrap();
    };
    let folder = tempfile::tempdir().unwrap();
    lines(&mut File::create(folder.path().join("a.jsonl.gz")).unwrap());
    let found = read(folder.path());
    assert!(found.len() > 500 && found.last().unwrap().contains("end too early"), "{:?}", found.last());
    check(
        "a.txt.gz",
        |out| out.write_all(b"\x1F\x8B\x08\0").unwrap(),
        &["a.txt.gz: skipped: its compressed data end too early"],
    );
}

#[test]
fn binary_files_are_told() {
    let noise: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check("a.bin", |out| out.write_all(&noise).unwrap(), &["a.bin: skipped: it is binary data"]);
    check("a.txt", |out| out.write_all(&noise).unwrap(), &["a.txt: skipped: it is binary data"]);
    check("a.png", |out| out.write_all(b"\x89PNG\r\n\x1A\n").unwrap(), &["a.png: skipped: it is an image"]);
    check("a.html", |out| out.write_all(b"%PDF-1.7").unwrap(), &["a.html: skipped: it is a PDF"]);
}

#[test]
fn open_quotation_marks_cost_one_row() {
    let table = |out: &mut dyn Write| {
        out.write_all(b"text\n\"never closed\n").unwrap();
        (0..200_000).for_each(|n| {
            if n == 199_999 { out.write_all(b"Peace.\n").unwrap() } else { out.write_all(b"   \n").unwrap() }
        });
    };
    check("a.csv", table, &["a.csv:2: skipped: a quotation mark", "Peace."]);
}
