//! Briefs as text, Markdown and HTML. Every line is followed by its chain.

use super::layout::{FAINT, PLAIN, Paragraph, STRONG, clean};
use super::pages::html::{STYLE, escaped};
use ledger::brief::{Brief, Line, Section, Source};
use std::fmt::Write;

fn title(brief: &Brief) -> String {
    format!("Brief of {}, since {}", weekday(brief.today), weekday(brief.since))
}

fn weekday(day: jiff::civil::Date) -> String {
    format!("{} {day}", day.strftime("%a"))
}

fn counts(brief: &Brief) -> String {
    let counts = brief.counts;
    format!(
        "Read in that time: {} reports from {} outlets, which are {} stories; {} origins vouch for {} events.",
        counts.reports, counts.outlets, counts.stories, counts.origins, counts.events
    )
}

/// "the governor, Oubangui Press Agency 2018-03-11, r0123, c4567".
fn whence(source: &Source) -> String {
    let mut parts: Vec<String> = source.speaker.iter().map(|speaker| format!("according to {speaker}")).collect();
    let outlet = source.outlet.as_deref().unwrap_or("outlet not stated");
    parts.push(format!("{outlet} {}", source.available));
    parts.push(source.report.clone());
    parts.push(source.claim.clone());
    clean(&parts.join(", "))
}

fn more(section: &Section) -> Option<String> {
    (section.more > 0)
        .then(|| format!("and {} more, each with fewer stories; `chancery events` lists them", section.more))
}

/// For a terminal.
#[must_use]
pub fn text(brief: &Brief, width: usize) -> String {
    let mut out = String::new();
    let line = |first: &str, style, text: &str, out: &mut String| {
        Paragraph::default().push(style, text).write(out, first, FAINT, width);
    };
    line("", STRONG, &title(brief), &mut out);
    line("", PLAIN, &counts(brief), &mut out);
    for section in &brief.sections {
        out.push('\n');
        line("", STRONG, section.heading, &mut out);
        if let Some(note) = section.note {
            line("", FAINT, note, &mut out);
        }
        for one in &section.lines {
            let event = one.event.as_deref().map(|event| format!(" {event}")).unwrap_or_default();
            line("- ", PLAIN, &format!("{}{event}", one.text), &mut out);
            for source in &one.sources {
                line("    ", FAINT, &format!("{}: “{}”", whence(source), source.words), &mut out);
            }
        }
        if let Some(more) = more(section) {
            line("- ", FAINT, &more, &mut out);
        }
    }
    out
}

/// Text in which Markdown sees nothing of its own.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in clean(text).chars() {
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// As Markdown.
#[must_use]
pub fn markdown(brief: &Brief) -> String {
    let mut out = format!("# {}\n\n{}\n", plain(&title(brief)), plain(&counts(brief)));
    for section in &brief.sections {
        let _ = write!(out, "\n## {}\n\n", section.heading);
        if let Some(note) = section.note {
            let _ = write!(out, "{note}\n\n");
        }
        for line in &section.lines {
            let event = line.event.as_deref().map(|event| format!(" `{event}`")).unwrap_or_default();
            let _ = writeln!(out, "- {}{event}", plain(&line.text));
            for source in &line.sources {
                let _ = writeln!(out, "  - {}: “{}”", plain(&whence(source)), plain(&source.words));
            }
        }
        if let Some(more) = more(section) {
            let _ = writeln!(out, "- {more}");
        }
    }
    out
}

/// As a page.
#[must_use]
pub fn html(brief: &Brief) -> String {
    let sections: String = brief.sections.iter().map(html_section).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{counts}</p>\n{sections}</main>\n</body>\n</html>\n",
        title = escaped(&title(brief)),
        counts = escaped(&counts(brief)),
    )
}

fn html_section(section: &Section) -> String {
    let note = section.note.map(|note| format!("<p><small>{}</small></p>\n", escaped(note))).unwrap_or_default();
    let lines: String = section.lines.iter().map(html_line).collect();
    let more = more(section).map(|more| format!("<p><small>{}</small></p>\n", escaped(&more))).unwrap_or_default();
    format!("<section>\n<h2>{}</h2>\n{note}<ul>\n{lines}</ul>\n{more}</section>\n", escaped(section.heading))
}

fn html_line(line: &Line) -> String {
    let event = line.event.as_deref().map(|event| format!(" <code>{}</code>", escaped(event))).unwrap_or_default();
    let sources: String = line
        .sources
        .iter()
        .map(|source| {
            let words = escaped(&clean(&source.words));
            format!("<li><small>{}: <q>{words}</q></small></li>\n", escaped(&whence(source)))
        })
        .collect();
    let sources = if sources.is_empty() { sources } else { format!("\n<ul>\n{sources}</ul>") };
    format!("<li>{}{event}{sources}</li>\n", escaped(&clean(&line.text)))
}
