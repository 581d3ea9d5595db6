"""The whole chain, from the tree banks and raw news to the model file.

    python all.py --data DATA --work WORK [--program CHANCERY] [--teacher-start FILE]

Stages, each a program of this folder with its output in WORK/STAGE.log:

    tokens    news, split by the program itself
    vectors   of the encoder as it comes
    teacher   the encoder fine-tuned on the tree banks      \\ side by side with --processes 2:
    first     the student on the tree banks alone           / neither needs the other
    label     the teacher's probabilities for the news and for varied sentences
    student   the student goes on, over tree banks and labelled sentences
    last      and once more from a higher rate, with fewer units dropped
    export    WORK/neural.bin
    predict   the dev files as the model file reads them, WORK/ewt.conllu and WORK/gum.conllu

A finished stage leaves WORK/STAGE.done and is skipped from then on; one that was stopped goes on from its last checkpoint.
`--teacher-start` takes a teacher of before and trains it for two more epochs at half the rate.
"""

import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORD, HIDDEN = 96, 88


def stages(args):
    """Commands by stage, in order; those in one group may run side by side."""
    work = lambda *name: os.path.join(args.work, *name)
    data, threads = ["--data", args.data], ["--threads", str(args.threads)]
    demonyms = ["--demonyms", os.path.join(HERE, "..", "crates", "annotate", "src", "names", "demonyms.txt")]
    common = [*data, "--work", args.work, *threads]
    start = ["--start", args.teacher_start, "--epochs", "2", "--rate", "7.5e-4", "--encoder-rate", "7.5e-5"]
    silver = [work(f"soft-news-{part}.pt") for part in range(4)] + [work(f"soft-variant-{k + 1}.pt") for k in range(args.variants)]
    student = ["student.py", "train", *common, *demonyms, "--vectors", work("vectors.npz"), "--hidden", str(HIDDEN)]
    return [
        {"tokens": ["silver.py", "tokens", *data, "--work", args.work, "--program", args.program]},
        {"vectors": ["vectors.py", *common, "--size", str(WORD), work("vectors.npz")]},
        {"teacher": ["teacher.py", "train", *data, *threads, "--work", work("teacher"), *demonyms,
                     *(start if args.teacher_start else ["--epochs", "5"])],
         "first": [*student, "--out", "first", "--epochs", "6", "--rate", "4e-3", "--drop", "0.33"]},
        {"label": ["silver.py", "label", *common, *demonyms, "--teacher", work("teacher"), "--variants", str(args.variants),
                   "--share", "0.4"]},
        {"student": [*student, "--start", work("first.pt"), "--soft", *silver, "--out", "student", "--epochs", "8",
                     "--rate", "3e-3", "--drop", "0.2", "--tail", "1", "--tail-silver", "0.5"]},
        {"last": [*student, "--start", work("student.pt"), "--soft", *silver, "--out", "last", "--epochs", "3", "--rate", "2.5e-3",
                  "--drop", "0.15", "--tail", "1", "--tail-silver", "0.5"]},
        {"export": ["export.py", *data, "--student", work("last.pt"), work("neural.bin")]},
        {"predict": ["reference.py", work("neural.bin"), os.path.join(args.data, "ud", "ewt-dev.conllu"), work("ewt.conllu"),
                     os.path.join(args.data, "ud", "gum-dev.conllu"), work("gum.conllu")]},
    ]


def run(group, args):
    """Runs what is not done of one group, together if two processes are allowed."""
    left = {name: command for name, command in group.items() if not os.path.exists(os.path.join(args.work, name + ".done"))}
    if args.processes == 1 and len(left) > 1:
        for name, command in left.items():
            run({name: command}, args)
        return
    environment = {**os.environ, "OMP_NUM_THREADS": str(args.threads), "HF_HUB_OFFLINE": "1", "PYTHONHASHSEED": "0"}
    begun = {}
    for name, (program, *arguments) in left.items():
        print(name, flush=True)
        with open(os.path.join(args.work, name + ".log"), "a") as log:
            begun[name] = subprocess.Popen([sys.executable, os.path.join(HERE, program), *arguments], env=environment,
                                           stdout=log, stderr=log)
    failed = [name for name, process in begun.items() if process.wait() != 0]
    for name in begun:
        if name not in failed:
            open(os.path.join(args.work, name + ".done"), "w").close()
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; see the logs in {args.work}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True), parser.add_argument("--work", required=True)
    parser.add_argument("--program", default=os.path.join(HERE, "..", "target", "release", "chancery"))
    parser.add_argument("--teacher-start", help="a trained teacher to go on from")
    parser.add_argument("--variants", type=int, default=2, help="files of varied sentences")
    parser.add_argument("--threads", type=int, default=1, help="of each process"), parser.add_argument("--processes", type=int, default=1)
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)
    for group in stages(args):
        run(group, args)


if __name__ == "__main__":
    main()
