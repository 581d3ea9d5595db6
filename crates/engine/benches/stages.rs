//! Times the stages one by one and the whole of reading, on the reports in `examples/`, in tokens a second.

#![allow(missing_docs, reason = "what the macros of criterion make has no documentation")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use document::{Document, Report};
use engine::Engine;
use std::hint::black_box;
use std::path::Path;

fn reports() -> Vec<Report> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt"));
    texts.filter_map(|file| Some(Report::from_text(file.to_str()?, std::fs::read_to_string(file).ok()?))).collect()
}

fn stages(criterion: &mut Criterion) {
    let Ok(engine) = Engine::built_in() else { return };
    let reports = reports();
    let documents: Vec<Document> = reports.iter().map(|report| engine.parse(report.clone())).collect();
    let readings: Vec<_> = reports.iter().map(|report| engine.read(report.clone())).collect();
    let mut group = criterion.benchmark_group("examples");
    group.throughput(Throughput::Elements(documents.iter().map(|document| document.tokens.len() as u64).sum()));
    group.sample_size(10);
    group.bench_function("tokens and sentences", |bencher| {
        bencher.iter(|| {
            for report in &reports {
                let tokens = annotate::tokens::split(report);
                black_box(annotate::sentences::split(report, &tokens));
            }
        });
    });
    group.bench_function("syntax", |bencher| {
        bencher.iter(|| {
            reports.iter().for_each(|report| drop(black_box(annotate::syntax(report.clone(), engine.language()))))
        });
    });
    group.bench_function("names", |bencher| {
        bencher.iter(|| {
            documents.iter().for_each(|document| {
                drop(black_box(annotate::names::find(document, engine.language(), engine.gazetteer())))
            })
        });
    });
    group.bench_function("times and quantities", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                let times = annotate::times::find(document);
                black_box(annotate::quantities::find(document, &times));
            }
        });
    });
    group.bench_function("places", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(annotate::places::find(document, &document.names, &document.times, engine.gazetteer()));
            }
        });
    });
    group.bench_function("coreference", |bencher| {
        bencher.iter(|| {
            documents
                .iter()
                .for_each(|document| drop(black_box(annotate::coreference::find(document, &document.names))))
        });
    });
    group.bench_function("statements", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(annotate::statements::find(document, &document.names, &document.chains));
            }
        });
    });
    group.bench_function("coding", |bencher| {
        bencher
            .iter(|| documents.iter().for_each(|document| drop(black_box(coder::code(document, engine.codebook())))));
    });
    group.bench_function("record as JSON", |bencher| {
        bencher.iter(|| {
            readings.iter().for_each(|reading| drop(black_box(serde_json::to_string(&engine.record(reading, false)))))
        });
    });
    group.bench_function("read", |bencher| {
        bencher.iter(|| reports.iter().for_each(|report| drop(black_box(engine.read(report.clone())))));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
