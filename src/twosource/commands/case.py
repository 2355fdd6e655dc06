"""`twosource case`: what people decide, kept in the case file. Nothing here traces; the next run keeps to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twosource.commands.options import RegistryFile, judgements_from, registry_from
from twosource.commands.output import check_writable, printable, stdout, write
from twosource.errors import UsageError
from twosource.model import Decision, Judgement, JudgementKind, Standing, Subject

if TYPE_CHECKING:
    from twosource.judgements.refer import Reference
    from twosource.store.case import Case

HELP = """Decide for yourself, and let every later run keep to it.

What you decide refers to the words of articles, not to ids: it outlives re-runs, other versions and a growing pile.
It is kept in the case file, shown in the report as a person's decision, and can be taken back.

Examples:

\b
  twosource case merge c1f3 c77a --case fire.case --by "I. H." --note "both read"
      two claims are one
  twosource case split c1f3 04-tribune/s3 --case fire.case
      a statement is not what the claim says
  twosource case different 04-tribune/s3 "nobody was hurt" --case fire.case
  twosource case sources same "Hallgrim" "the fire chief" --case fire.case
  twosource case list --case fire.case
  twosource case undo --case fire.case
"""

case = typer.Typer(
    name="case",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

CaseFile = Annotated[
    Path, typer.Option("--case", metavar="FILE", help="The case file; a trace must have filled it.")
]
By = Annotated[
    str,
    typer.Option("--by", metavar="NAME", envvar="TWOSOURCE_BY", help="Who decides; nobody is named if not given."),
]  # fmt: skip
When = Annotated[
    str | None, typer.Option("--when", metavar="TIME", help="Day or moment in ISO 8601; now if not given.")
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")]
Verdict = Annotated[str, typer.Argument(metavar="same|different|unsure", help="What is decided.")]


@case.command()
def merge(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Two claims or more, each by id or some of its words.")],
    file: CaseFile,
    by: By = "",
    when: When = None,
    note: Note = "",
) -> None:  # fmt: skip
    """Say that claims are one and the same."""
    with _open(file) as kept:
        look = _reference(kept)
        found = {c.id: c for c in map(look.claim, claims)}
        if len(found) < 2:
            raise UsageError("case merge: name two different claims or more")
        subjects = tuple(look.of_claim(c) for c in found.values())
        _keep(kept, Judgement(JudgementKind.CLAIM, Decision.SAME, subjects, by, _time(when), note))


@case.command()
def split(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim, by id or some of its words.")],
    statements: Annotated[list[str], typer.Argument(metavar="STATEMENT…", help="Statements in it, by id or some of their words.")],
    file: CaseFile,
    by: By = "",
    when: When = None,
    note: Note = "",
) -> None:  # fmt: skip
    """Say that statements do not belong to a claim; copies to the letter go with them."""
    with _open(file) as kept:
        look = _reference(kept)
        whole = look.claim(claim)
        inside = {m.statement for m in whole.members}
        chosen = [look.statement(s) for s in statements]
        for wanted, statement in zip(statements, chosen, strict=True):
            if statement.id not in inside:
                raise UsageError(
                    f"case split: statement {wanted!r} ({statement.id}) is not in claim {whole.id}; in it are "
                    f"{look.members(whole)}"
                )
        out = {x.id for s in chosen for x in (s, *look.copies(s))}
        rest = look.of_claim(whole, but=out)
        if not rest.words:
            raise UsageError(f"case split: that is all of claim {whole.id}; nothing would be left in it")
        _keep(
            kept,
            *(
                Judgement(
                    JudgementKind.CLAIM,
                    Decision.DIFFERENT,
                    (look.of_statement(s), rest),
                    by,
                    _time(when),
                    note,
                )
                for s in chosen
            ),
        )


Said = Annotated[
    list[str], typer.Argument(metavar="STATEMENT…", help="Statements, by id or words; or claims, by id.")
]


@case.command()
def same(said: Said, file: CaseFile, by: By = "", when: When = None, note: Note = "") -> None:
    """Say that statements, or claims, assert the same."""
    _statements(said, Decision.SAME, file, by, when, note)


@case.command()
def different(said: Said, file: CaseFile, by: By = "", when: When = None, note: Note = "") -> None:
    """Say that no two of them belong to one claim, neither as the same nor as its denial or rival."""
    _statements(said, Decision.DIFFERENT, file, by, when, note)


@case.command()
def unsure(said: Said, file: CaseFile, by: By = "", when: When = None, note: Note = "") -> None:
    """Note that it was looked at and is open: shown in the report, binds nothing."""
    _statements(said, Decision.UNSURE, file, by, when, note)


@case.command()
def rename(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim, by id or some of its words.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called.")],
    file: CaseFile,
    by: By = "",
    when: When = None,
    note: Note = "",
) -> None:
    """Give a claim a name of your own."""
    with _open(file) as kept:
        look = _reference(kept)
        subject = look.of_claim(look.claim(claim))
        _keep(
            kept,
            Judgement(JudgementKind.NAME, Decision.SAME, (subject,), by, _time(when), note, text=name),
        )


@case.command()
def sources(
    verdict: Verdict,
    names: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Names, aliases or ids of sources.")],
    file: CaseFile,
    by: By = "",
    when: When = None,
    note: Note = "",
) -> None:
    """Say that names, or an unnamed speaker and a name, are one source or are not."""
    decision = _decision(verdict)
    with _open(file) as kept:
        look = _reference(kept)
        subjects = tuple(look.source(n) for n in names)
        _keep(kept, Judgement(JudgementKind.SOURCE, decision, _two(subjects), by, _time(when), note))


@case.command()
def owners(
    verdict: Verdict,
    outlets: Annotated[list[str], typer.Argument(metavar="OUTLET…", help="Names of outlets.")],
    file: CaseFile,
    by: By = "",
    when: When = None,
    note: Note = "",
    registry: RegistryFile = None,
) -> None:
    """Say that outlets have one owner or have not."""
    from twosource.registry import default

    decision = _decision(verdict)
    known = registry_from(registry) or default()
    with _open(file) as kept:
        look = _reference(kept)
        subjects = tuple(look.outlet(n, known) for n in outlets)
        _keep(kept, Judgement(JudgementKind.OWNER, decision, _two(subjects), by, _time(when), note))


@case.command()
def copies(
    verdict: Verdict,
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE…", help="Articles, by id, path or title.")
    ],
    file: CaseFile,
    by: By = "",
    when: When = None,
    note: Note = "",
) -> None:
    """Say that one of two articles has its wording from the other, or that neither has."""
    decision = _decision(verdict)
    with _open(file) as kept:
        look = _reference(kept)
        subjects = tuple(look.article(a) for a in articles)
        _keep(kept, Judgement(JudgementKind.COPY, decision, _two(subjects), by, _time(when), note))


@case.command("list")
def list_(file: CaseFile) -> None:
    """List what was decided, and what became of it in the last run."""
    from twosource.judgements import decided, sentence

    with _open(file, read_only=True) as kept:
        every = kept.judgements()
        last = kept.findings()
    console = stdout()
    became = {j.judgement: j for j in last.judged} if last else {}
    for number, judgement in every.items():
        console.print(f"{number:>4}  {printable(sentence(judgement))}", markup=False, soft_wrap=True)
        found = became.get(judgement)
        if found is None:
            state = "not in the last run; trace again"
        elif found.standing in (Standing.UNMATCHED, Standing.OVERRULED):
            state = f"{found.standing.value}: {found.why}"
        else:
            state = f"{found.standing.value}" + (f" in {', '.join(found.claims)}" if found.claims else "")
        console.print(f"      {printable(f'{decided(judgement)}; {state}')}", markup=False, soft_wrap=True)
    if not every:
        console.print("nothing was decided in this case")


@case.command()
def undo(
    file: CaseFile,
    number: Annotated[int | None, typer.Argument(metavar="[NUMBER]", help="Its number in the list; the last one if not given.")] = None,
) -> None:  # fmt: skip
    """Take a judgement back, for good."""
    from twosource.judgements import decided, sentence

    with _open(file) as kept:
        every = kept.judgements()
        if not every:
            raise UsageError(f"{file}: nothing was decided in this case")
        chosen = max(every) if number is None else number
        if chosen not in every:
            raise UsageError(f"case undo {chosen}: no such judgement; there are {', '.join(map(str, every))}")
        kept.remove_judgement(chosen)
    line = f"taken back: {sentence(every[chosen])} ({decided(every[chosen])})"
    stdout().print(printable(line), markup=False, soft_wrap=True)


@case.command()
def judgements(
    file: CaseFile,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write them here, as JSON.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Add those of this file to the case.")
    ] = None,
) -> None:
    """Write what was decided to a file, or take it from one: for another case, another desk, version control."""
    from twosource.judgements import dump

    if (export is None) == (import_ is None):
        raise UsageError("case judgements: give --export FILE or --import FILE")
    if import_ is not None:
        given = judgements_from(import_)
        with _open(file) as kept:
            added = kept.add_judgements(given)
        stdout().print(f"{len(added)} added, {len(given) - len(added)} known already", highlight=False)
    if export is not None:
        check_writable(export)
        with _open(file, read_only=True) as kept:
            every = kept.judgements()
        write(export, dump(every.values()))
        stdout().print(f"{len(every)} written to {printable(str(export))}", markup=False, soft_wrap=True)


def _statements(said: list[str], verdict: Decision, file: Path, by: str, when: str | None, note: str) -> None:
    with _open(file) as kept:
        look = _reference(kept)
        subjects = _two(tuple(look.said(s) for s in said))
        heads = [s.words[0].text for s in subjects]
        if len(set(heads)) < len(heads):  # copies to the letter: these two and no others are meant
            subjects = tuple(Subject(words=s.words[:1]) for s in subjects)
        if len({s.words[0] for s in subjects}) < len(subjects):
            raise UsageError(f"case {verdict.value}: two of these are one statement; name others")
        _keep(kept, Judgement(JudgementKind.CLAIM, verdict, subjects, by, _time(when), note))


def _open(file: Path, *, read_only: bool = False) -> Case:
    """The case, which must be there already."""
    from twosource.store.case import Case

    if not file.exists():
        raise UsageError(f"{file}: no such case file; `twosource trace PATH… --case {file}` makes one")
    return Case(file, read_only=read_only)


def _reference(kept: Case) -> Reference:
    from twosource.judgements.refer import Reference

    last = kept.findings()
    if last is None:
        raise UsageError(
            f"{kept.path}: no finished run in it to refer to; run `twosource trace --case {kept.path}` first"
        )
    return Reference(last)


def _keep(kept: Case, *given: Judgement) -> None:
    """Check, keep and print what was decided, and what it contradicts."""
    from twosource.judgements import checked, decided, judged_statements, sentence

    console = stdout()
    every = [checked(j, "this judgement") for j in given]
    before = {j: n for n, j in kept.judgements().items()}
    kept.add_judgements(every)
    numbers = {j: n for n, j in kept.judgements().items()}
    for j in every:
        known = " (known already)" if j in before else ""
        console.print(
            printable(f"{numbers[j]}: {sentence(j)}, {decided(j)}{known}"), markup=False, soft_wrap=True
        )
    last = kept.findings()
    if last is not None:
        for found in judged_statements(numbers, last.articles, last.statements).judged:
            if found.standing is Standing.OVERRULED:
                line = f"⚑ {numbers[found.judgement]}: {found.why}"
                console.print(printable(line), markup=False, soft_wrap=True)
    console.print(
        f"Kept to from the next run on: twosource trace --case {printable(str(kept.path))}",
        markup=False,
        soft_wrap=True,
    )


def _two(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    distinct = tuple(dict.fromkeys(subjects))
    if len(distinct) < 2:
        raise UsageError("a judgement takes two different things or more")
    return distinct


def _decision(verdict: str) -> Decision:
    try:
        return Decision(verdict)
    except ValueError:
        raise UsageError(f"{verdict}: unknown; write same, different or unsure") from None


def _time(given: str | None) -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if given is None else given
