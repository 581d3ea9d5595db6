//! The page of contexts: at which level each is read, and its words.

use super::{Block, Page, Piece, joined};
use coder::Codebook;

pub(super) fn page(codebook: &Codebook) -> Page {
    let intro = [
        "A context can be read at one of three levels: from the claim, from its passage, or from the whole report.",
        "Today every context is read at the level of the claim: by the words of the sentence that the claim stands in, \
         or set by its rule; none is taken from the sentences around it or from the report as a whole.",
        "A sentence that holds one of a context's words gives it to every claim of the sentence.",
    ];
    let mut blocks = vec![Block::Paragraph(vec![Piece::text(intro.join(" "))])];
    for context in &codebook.guide().contexts {
        let name = context.name.clone();
        blocks.push(Block::Heading { level: 2, text: name.clone(), anchor: Some(name) });
        blocks.push(Block::Paragraph(vec![Piece::text(&context.summary)]));
        let mut fields = vec![
            ("level", vec![Piece::text("claim, by the words of its sentence")]),
            ("words", vec![Piece::text(context.words.join(", "))]),
        ];
        let setting = codebook.rules.iter().filter(|rule| rule.contexts().contains(&context.name)).map(Piece::rule);
        let setting = joined(setting, ", ");
        if !setting.is_empty() {
            fields.push(("set by", setting));
        }
        blocks.push(Block::Fields(fields));
    }
    Page { name: "contexts".to_owned(), title: "Contexts".to_owned(), blocks }
}
