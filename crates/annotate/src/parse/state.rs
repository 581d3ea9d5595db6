//! The state of the arc-hybrid transition system: a stack, a buffer that ends with the artificial root, and the arcs.
//!
//! The root stands last and takes its one dependent when nothing else is left, so that every end of the machine is a
//! tree with one root.

use document::Relation;

/// What the parser does next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transition {
    /// Moves the first token of the buffer onto the stack.
    Shift,
    /// Makes the top of the stack a dependent of the first token of the buffer.
    Left(Relation),
    /// Makes the top of the stack a dependent of the token below it.
    Right(Relation),
}

/// A token's place in the tree under construction.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The head, or [`NONE`] as long as there is none.
    pub head: u32,
    /// The relation to the head.
    pub relation: Relation,
    /// The two outermost dependents on the left, or [`NONE`].
    pub left: [u32; 2],
    /// The two outermost dependents on the right, or [`NONE`].
    pub right: [u32; 2],
    /// Number of dependents on the left.
    pub left_count: u8,
    /// Number of dependents on the right.
    pub right_count: u8,
    /// The relations of the dependents on the left, one bit each.
    pub left_relations: u64,
    /// The relations of the dependents on the right, one bit each.
    pub right_relations: u64,
}

/// No token.
pub const NONE: u32 = u32::MAX;

const BLANK: Node = Node {
    head: NONE,
    relation: Relation::Root,
    left: [NONE; 2],
    right: [NONE; 2],
    left_count: 0,
    right_count: 0,
    left_relations: 0,
    right_relations: 0,
};

/// The machine's state over one sentence; its buffers are used again for the next.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The stack; its top is last.
    pub stack: Vec<u32>,
    /// The first token of the buffer; the number of tokens stands for the artificial root.
    pub next: u32,
    /// The tokens' nodes, the artificial root last.
    pub nodes: Vec<Node>,
}

impl State {
    /// Begins a sentence of `length` tokens.
    pub fn begin(&mut self, length: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(length + 1, BLANK);
    }

    /// Number of tokens in the sentence, without the root.
    #[must_use]
    pub fn length(&self) -> u32 {
        (self.nodes.len() - 1) as u32
    }

    /// Whether the buffer holds tokens of the sentence.
    #[must_use]
    pub fn can_shift(&self) -> bool {
        self.next < self.length()
    }

    /// Whether the top of the stack may become a dependent of the first token of the buffer.
    #[must_use]
    pub fn can_go_left(&self) -> bool {
        !self.stack.is_empty() && (self.can_shift() || self.stack.len() == 1)
    }

    /// Whether the top of the stack may become a dependent of the token below it.
    #[must_use]
    pub fn can_go_right(&self) -> bool {
        self.stack.len() > 1
    }

    /// Whether the tree is complete.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.stack.is_empty() && !self.can_shift()
    }

    /// The token `depth` below the top of the stack, or [`NONE`].
    #[must_use]
    pub fn below(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    /// Makes the transition, which must be possible.
    pub fn apply(&mut self, transition: Transition) {
        match transition {
            Transition::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Transition::Left(relation) => {
                if let Some(child) = self.stack.pop() {
                    self.attach(self.next, child, relation);
                }
            }
            Transition::Right(relation) => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.attach(head, child, relation);
                }
            }
        }
    }

    fn attach(&mut self, head: u32, child: u32, relation: Relation) {
        let node = &mut self.nodes[child as usize];
        node.head = head;
        node.relation = relation;
        let node = &mut self.nodes[head as usize];
        let bit = 1u64 << (relation as u32 & 63);
        // Dependents come from the inside out on either side, so that the newest is the outermost.
        if child < head {
            node.left = [child, node.left[0]];
            node.left_count = node.left_count.saturating_add(1);
            node.left_relations |= bit;
        } else {
            node.right = [child, node.right[0]];
            node.right_count = node.right_count.saturating_add(1);
            node.right_relations |= bit;
        }
    }
}
