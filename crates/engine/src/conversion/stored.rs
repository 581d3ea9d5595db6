//! A report of the public record back into the program's own form, to be read again.

use document::{Report, TextSpan};

/// The report with its text; without one it is empty. Offsets beyond the text end with it.
#[must_use]
pub fn from_record(report: &record::Report) -> Report {
    let text = report.text.clone().unwrap_or_default();
    let byte = |point: u32| {
        let at = text.char_indices().nth(point as usize).map_or(text.len(), |(at, _)| at);
        u32::try_from(at).unwrap_or(u32::MAX)
    };
    Report {
        id: report.id.clone(),
        title: report.title_span.map(|span| TextSpan { start: byte(span.0), end: byte(span.1) }),
        body_start: byte(report.body_start),
        published: report.published.as_deref().and_then(|day| day.parse().ok()),
        outlet: report.outlet.clone(),
        url: report.url.clone(),
        language: report.language.clone(),
        notes: report.notes.clone(),
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion;

    #[test]
    fn what_was_made_a_record_comes_back() {
        let text = "Trêve à Goma\n\nLes deux parties…";
        let body = text.find("Les").unwrap_or_default() as u32;
        let report = Report {
            title: Some(TextSpan { start: 0, end: 14 }),
            body_start: body,
            published: "2024-05-01".parse().ok(),
            ..Report::from_text("a", text)
        };
        assert_eq!(from_record(&conversion::report(&report, true)), report);
    }
}
