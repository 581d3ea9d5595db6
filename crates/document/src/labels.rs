//! The closed label sets of the language layer, each with the spelling of its standard.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the standard's own spelling stands beside each variant")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All labels, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The label as the standard spells it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The label with this spelling.
            #[must_use]
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
    };
}

labels! {
    /// Universal part of speech (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

labels! {
    /// Penn Treebank tag, with the additions of the English tree banks of Universal Dependencies.
    Xpos {
        Nn = "NN", In = "IN", Dt = "DT", Nnp = "NNP", Jj = "JJ", Prp = "PRP", Stop = ".", Rb = "RB", Comma = ",",
        Nns = "NNS", Vb = "VB", Cc = "CC", Vbd = "VBD", Vbp = "VBP", Vbz = "VBZ", Cd = "CD", Vbn = "VBN", Vbg = "VBG",
        To = "TO", PrpPoss = "PRP$", Md = "MD", Uh = "UH", Colon = ":", Rrb = "-RRB-", Wdt = "WDT", Lrb = "-LRB-",
        Wrb = "WRB", OpenQuote = "``", CloseQuote = "''", Hyph = "HYPH", Rp = "RP", Wp = "WP", Pos = "POS", Nnps = "NNPS",
        Jjr = "JJR", Jjs = "JJS", Ex = "EX", Rbr = "RBR", Sym = "SYM", Fw = "FW", Nfp = "NFP", Dollar = "$", Pdt = "PDT",
        Gw = "GW", Add = "ADD", Rbs = "RBS", Ls = "LS", Afx = "AFX", WpPoss = "WP$", Xx = "XX", Underscore = "_",
    }
}

labels! {
    /// Dependency relation, with the subtypes that the English tree banks use (universaldependencies.org/en/dep).
    Relation {
        Root = "root", Punct = "punct", Case = "case", Det = "det", Nsubj = "nsubj", Advmod = "advmod", Amod = "amod",
        Obj = "obj", Obl = "obl", Conj = "conj", Nmod = "nmod", Cc = "cc", Compound = "compound", Mark = "mark", Aux = "aux",
        Cop = "cop", Advcl = "advcl", NmodPoss = "nmod:poss", Xcomp = "xcomp", AclRelcl = "acl:relcl", Flat = "flat",
        Ccomp = "ccomp", Acl = "acl", Parataxis = "parataxis", Nummod = "nummod", AuxPass = "aux:pass", Appos = "appos",
        NsubjPass = "nsubj:pass", Discourse = "discourse", OblUnmarked = "obl:unmarked", NmodUnmarked = "nmod:unmarked",
        CompoundPrt = "compound:prt", Expl = "expl", Fixed = "fixed", Iobj = "iobj", List = "list", OblAgent = "obl:agent",
        Dep = "dep", Reparandum = "reparandum", Csubj = "csubj", NmodDesc = "nmod:desc", NsubjOuter = "nsubj:outer",
        AdvclRelcl = "advcl:relcl", DetPredet = "det:predet", Vocative = "vocative", Goeswith = "goeswith",
        CcPreconj = "cc:preconj", Orphan = "orphan", Dislocated = "dislocated", CsubjPass = "csubj:pass",
        CsubjOuter = "csubj:outer", Clf = "clf",
    }
}

impl Relation {
    /// The universal relation without its subtype: "nsubj" for `nsubj:pass`.
    #[must_use]
    pub fn universal(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or_default()
    }

    /// Any nominal subject, passive and outer ones included.
    #[must_use]
    pub fn is_subject(self) -> bool {
        matches!(self, Self::Nsubj | Self::NsubjPass | Self::NsubjOuter)
    }

    /// Any clause: complement, adverbial, relative, or clausal modifier.
    #[must_use]
    pub fn is_clause(self) -> bool {
        matches!(
            self,
            Self::Ccomp
                | Self::Xcomp
                | Self::Advcl
                | Self::AdvclRelcl
                | Self::Acl
                | Self::AclRelcl
                | Self::Csubj
                | Self::CsubjPass
                | Self::CsubjOuter
                | Self::Parataxis
        )
    }
}
