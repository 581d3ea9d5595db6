//! The pages of the built-in codebook, and the examples of its guide to actors.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use chancery::output::pages::{self, NOT_CODED, Page};
use coder::{CEASEFIRE_PHASES, Codebook, Examples};
use std::collections::BTreeSet;

fn built_in() -> Codebook {
    Codebook::load(&engine::built_in_codebook(), Examples::Read).unwrap()
}

fn named<'a>(pages: &'a [Page], name: &str) -> &'a Page {
    pages.iter().find(|page| page.name == name).unwrap()
}

fn plain(pages: &[Page], name: &str, width: usize) -> String {
    anstream::adapter::strip_str(&pages::text(named(pages, name), width)).to_string()
}

#[test]
fn every_phase_of_a_ceasefire_has_a_row() {
    let codebook = built_in();
    let text = plain(&pages::pages(&codebook), "ceasefires", 100);
    for phase in CEASEFIRE_PHASES {
        assert!(text.lines().any(|line| line.starts_with(&format!("{phase} "))), "{phase} has no row");
        let set = codebook.rules.iter().any(|rule| rule.facet("ceasefire", "phase") == Some(phase));
        let listed = NOT_CODED.iter().any(|(known, _, _)| known == phase);
        assert!(set != listed, "{phase}: either rules set it, or it is listed as not coded");
    }
    assert!(NOT_CODED.iter().all(|(phase, _, _)| CEASEFIRE_PHASES.contains(phase)));
}

#[test]
fn every_context_tells_its_level_and_words() {
    let codebook = built_in();
    let contexts = &codebook.guide().contexts;
    assert_eq!(contexts.len(), 37);
    let page = plain(&pages::pages(&codebook), "contexts", 100);
    assert_eq!(page.matches("  level       claim, by the words of its sentence\n").count(), 37);
    assert!(contexts.iter().all(|context| !context.summary.is_empty() && !context.words.is_empty()));
}

#[test]
fn every_category_has_a_text_and_a_page() {
    let codebook = built_in();
    let categories = &codebook.guide().categories;
    assert_eq!(categories.len(), 21);
    let pages = pages::pages(&codebook);
    for category in categories {
        assert!(category.text.starts_with(&format!("# {}\n", category.name)), "{}", category.name);
        let page = plain(&pages, &category.name.to_lowercase(), 80);
        let long = page.lines().find(|line| line.chars().count() > 80);
        assert_eq!(long, None, "{}", category.name);
    }
}

#[test]
fn pages_are_linked_and_stand_alone() {
    let pages = pages::pages(&built_in());
    let written: Vec<(String, String)> =
        pages.iter().map(|page| (pages::file_name(&page.name), pages::html(page, &pages))).collect();
    let mut places = BTreeSet::new();
    for (file, html) in &written {
        places.insert(file.clone());
        places.extend(attributes(html, "id").map(|id| format!("{file}#{id}")));
    }
    for (file, html) in &written {
        for link in attributes(html, "href") {
            assert!(places.contains(link), "{file} links to {link}, which is not there");
        }
        for foreign in ["<script", "http:", "https:", "src=", "@import", "url("] {
            assert!(!html.contains(foreign), "{file} has {foreign}");
        }
        for needed in ["prefers-color-scheme: dark", "@media print", "<meta charset=\"utf-8\">"] {
            assert!(html.contains(needed), "{file} has no {needed}");
        }
    }
}

#[test]
fn all_pages_go_into_a_folder() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let _ = std::fs::remove_dir_all(&folder);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(["codebook", "show", "--format", "html", "-o"]).arg(&folder);
    assert!(command.status().unwrap().success());
    let written = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(written, pages::pages(&built_in()).len());
    assert!(folder.join("index.html").is_file());
}

fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!(" {name}=\"");
    html.match_indices(&opening)
        .map(|(at, found)| &html[at + found.len()..])
        .filter_map(|rest| rest.split('"').next())
        .collect::<Vec<_>>()
        .into_iter()
}

/// The examples of `codebook/README.md` stand beside the built-in codebook without a fault.
#[test]
fn the_examples_of_actors_load() {
    let guide = include_str!("../../../codebook/README.md");
    let actors = guide.split_once("\n## Actors\n").unwrap().1;
    for (format, file) in [("toml", "actors/my-country.toml"), ("csv", "actors/my-country.csv")] {
        let example = actors.split_once(&format!("\n```{format}\n")).unwrap().1.split_once("```").unwrap().0;
        let mut files = engine::built_in_codebook();
        files.push((file.to_owned(), example.to_owned()));
        assert_eq!(Codebook::load(&files, Examples::Read).err(), None, "{format}");
    }
}
