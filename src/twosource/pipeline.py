"""The one file that knows the order of the stages: paths → Findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from . import __version__, claims, judgements, provenance, read, registry, reuse
from .attribute import attributions, learned
from .attribute.sources import link
from .claims import together
from .engine.duck import Duck
from .engine.local import map_ordered
from .errors import ModelError, UsageError
from .language import models
from .language.embed import Embedder, embedder
from .language.identify import UNKNOWN
from .language.parsers import parser_for
from .language.threads import one_thread
from .model import (
    Article,
    Attribution,
    Findings,
    Judgement,
    Passage,
    PassageMatch,
    Precision,
    Published,
    Skipped,
    Span,
    Statement,
    Tool,
)
from .read import Note, Pile, ReadOptions, gather
from .registry import Entry, Registry
from .reuse.paraphrased import retold
from .settings import Settings, digest_of
from .store.case import Case

_KEEP_EVERY = 32  # articles between two writes to the case: what an interruption can cost


class Progress(Protocol):
    """What a long run tells: the start of each stage and each step in it."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins; `total` steps are expected, 0 when that is not known."""
        ...

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""
        ...


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """See `Progress.stage`."""

    def advance(self, steps: int = 1) -> None:
        """See `Progress.advance`."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run is carried out: nothing in here changes a result.

    `case` is the case file to reuse and fill, `workers` the number of processes (None: every core). `memory`, such
    as "2GB": what the join of shared passages may take; the rest of it goes to disk (None: all in memory, faster).
    """

    case: Path | None = None
    workers: int | None = None
    progress: Progress = field(default_factory=Silent)
    memory: str | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What one article gives alone. `failure` says why nothing was found, where a rule broke on it."""

    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    failure: str | None = None


def examine(article: Article) -> Examined:
    """Parse one article and find its attributions and statements. Pure; runs in any process."""
    return _examined(article, with_statements=True)


def attribute_only(article: Article) -> Examined:
    """The same without the statements: what `quotes` needs."""
    return _examined(article, with_statements=False)


def _examined(article: Article, *, with_statements: bool) -> Examined:
    try:
        parser = parser_for(article.language)
        with one_thread():
            analysis = parser.parse(article)
            found = attributions(article, analysis)
            statements = claims.statements(article, analysis, found) if with_statements else ()
        return Examined(found, statements)
    except ModelError:  # that is no fault of the article's, and true of every other
        raise
    except Exception as error:  # one article that breaks a rule must not cost the pile
        return Examined(failure=f"cannot be analysed ({type(error).__name__}: {error}); please report this")


def trace(
    paths: Sequence[str],
    settings: Settings | None = None,
    options: ReadOptions | None = None,
    run: Run | None = None,
    outlets: Registry | None = None,
    decided: Iterable[Judgement] = (),
) -> Findings:
    """The main job: read, attribute, match, group, count, and keep to what people decided.

    With a case file and no paths, the articles of the case are traced again; where `settings` is None too, with the
    settings and the registry of its last run. The judgements of the case count as well as those in `decided`. A run that the case holds
    already (same articles, settings, registry, judgements, code and models) is taken from there.
    Raises UsageError when nothing could be read, StoreError when the case file cannot be used.
    """
    run = run or Run()
    with Case(run.case) if run.case else nullcontext() as case:
        if case and not paths and settings is None:
            settings, outlets = case.made_with("settings", Settings), outlets or _registry(case)
        settings = settings or Settings()
        outlets = registry.default() if outlets is None else outlets
        pile = read_pile(paths, options, run.progress, case)
        said = judgements.ordered((*decided, *(case.judgements().values() if case else ())))
        made = tool(settings, outlets=outlets, decided=said)
        key = _key(pile, made)
        if case:
            kept = case.findings(key)
            if kept is not None:
                run.progress.stage("Taking the last run from the case", 0)
                return kept
            case.add_articles(pile.articles)
        examined, reused = _examine_all(pile.articles, settings, run, case)
        broken = _failures(pile.articles, examined)
        found = tuple(a for e in examined for a in e.attributions)
        statements = tuple(s for e in examined for s in e.statements)

        run.progress.stage("Matching passages", 0)
        shared = tuple(_shared(pile.articles, settings, run, case))
        owned, of_owners = judgements.judged_owners(said, outlets, _names(pile.articles, found))
        linked, sources = link(pile.articles, found, owned)
        known = judgements.judged_sources(said, pile.articles, linked, sources)
        model = embedder()
        vectors, words = _embed(model, [s.compared for s in statements], run.progress, case)
        units = [Passage(s.article, Span(s.spans[0].start, s.spans[-1].end)) for s in statements]
        every = (*shared, *retold(pile.articles, units, vectors, shared))
        matches, of_copies = judgements.judged_copies(said, pile.articles, every)
        run.progress.stage("Grouping claims", 0)
        settled = judgements.judged_statements(said, pile.articles, statements)
        groups = claims.group(statements, vectors, settings, matches, settled.constraints, words)
        run.progress.stage("Counting lines", 0)
        traced = provenance.trace(
            groups, statements, known.attributions, known.sources, pile.articles, matches, settings, owned
        )
        judged = judgements.in_claims((*settled.judged, *known.judged, *of_owners, *of_copies), groups)
        findings = Findings(
            tool=tool(settings, (model.name, model.sha256), outlets=outlets, decided=said),
            articles=pile.articles,
            attributions=known.attributions,
            sources=known.sources,
            statements=statements,
            claims=groups,
            provenance=traced,
            matches=matches,
            skipped=(*pile.skipped, *broken),
            warnings=(*_warnings(pile, model), *judgements.warnings(judged)),
            judged=judged,
        )
        if case:
            case.keep_run(findings, reused)
            if not broken:
                case.keep_findings(key, findings, {"settings": settings, "registry": _added(outlets)})
    return findings


def registry_of(findings: Findings, outlets: Registry | None = None) -> Registry:
    """The registry that a run counted with: the one that it was given, and the owners that people decided on."""
    outlets = registry.default() if outlets is None else outlets
    said = [j.judgement for j in findings.judged]
    return judgements.judged_owners(said, outlets, _names(findings.articles, findings.attributions))[0]


def _names(articles: Iterable[Article], attributions: Iterable[Attribution]) -> frozenset[str]:
    """Every name of an outlet or source that the pile speaks of."""
    names = {a.outlet for a in articles}
    for a in attributions:
        names |= {a.canonical or "", a.via_name or ""}
    return frozenset(names - {""})


def _key(pile: Pile, made: Tool) -> str:
    """What a run is known by in a case file: all that its result depends on."""
    lines = [code_digest(), made.settings_digest, *(f"{name} {sha}" for name, sha in made.models)]
    lines += [f"{a.path}\t{a.record}\t{a.id}\t{a.sha256}" for a in pile.articles]
    lines += [f"{s.path}\t{s.record}\t{s.reason}" for s in pile.skipped]
    lines += [f"{n.path}\t{n.text}" for n in pile.notes]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _added(outlets: Registry) -> tuple[Entry, ...]:
    """The rows that stand on top of the package's own."""
    own = len(registry.default().entries)
    return outlets.entries[own:] if outlets.entries[:own] == registry.default().entries else outlets.entries


def _registry(case: Case) -> Registry | None:
    """The registry of the case's last run, where a file was given for it."""
    rows = case.made_with("registry", list[Entry])
    return Registry((*registry.default().entries, *rows)) if rows else None


def quotes(
    paths: Sequence[str], options: ReadOptions | None = None, run: Run | None = None
) -> tuple[Pile, tuple[tuple[Attribution, ...], ...]]:
    """Attributions only: the pile, and for each of its articles what is attributed in it."""
    run = run or Run()
    pile = read_pile(paths, options, run.progress)
    examined, _ = _examine_all(pile.articles, Settings(), run, None, attribute_only)
    return (
        Pile(pile.articles, (*pile.skipped, *_failures(pile.articles, examined)), pile.notes),
        tuple(e.attributions for e in examined),
    )


def matches(
    paths: Sequence[str],
    settings: Settings | None = None,
    options: ReadOptions | None = None,
    run: Run | None = None,
) -> tuple[Pile, Sequence[PassageMatch]]:
    """Reuse only: the pile, and the passages that its articles share."""
    run = run or Run()
    pile = read_pile(paths, options, run.progress)
    run.progress.stage("Matching passages", 0)
    return pile, _shared(pile.articles, settings or Settings(), run)


def _shared(
    articles: Sequence[Article], settings: Settings, run: Run, case: Case | None = None
) -> Sequence[PassageMatch]:
    """The passages that articles share, joined in memory, or in DuckDB within the limit of the run.

    In memory and with a case, what the case holds is not joined again: only new articles are, with all others.
    """
    if run.memory is not None:
        with Duck(run.memory) as database:
            return reuse.found(articles, settings, database)
    if case is None:
        return reuse.found(articles, settings)
    from .reuse.growing import Runs  # takes the compiled loops with it: only where they are needed

    stamp = code_digest()
    found, left = reuse.grown(articles, settings, case.joined(stamp, Runs))
    case.keep_joined(stamp, left.runs)
    return found


def read_pile(
    paths: Sequence[str], options: ReadOptions | None, progress: Progress, case: Case | None = None
) -> Pile:
    """Read the paths, or the case's own articles when there are none.

    Raises UsageError when nothing is readable.
    """
    progress.stage("Reading", 0)
    pile = Pile(case.articles(), ()) if not paths and case else gather(_counted(paths, options, progress))
    if not pile.articles:
        reasons = "; ".join(f"{s.path}: {s.reason}" for s in pile.skipped[:5])
        more = f"; and {len(pile.skipped) - 5} more" if len(pile.skipped) > 5 else ""
        if case and not paths:
            raise UsageError(
                f"{case.path}: no article in this case yet; `twosource trace PATH… --case {case.path}` adds some"
            )
        raise UsageError(
            f"nothing readable: {reasons}{more}"
            if reasons
            else "nothing readable: no article in the paths given"
        )
    return pile


def _counted(
    paths: Sequence[str], options: ReadOptions | None, progress: Progress
) -> Iterator[Article | Skipped | Note]:
    for item in read.articles(paths, options):
        yield item
        progress.advance()


@cache
def model_hashes() -> tuple[tuple[str, str], ...]:
    """Every model that this installation uses: name with version, and SHA-256. What cannot be used is left out.

    Hashed once per process: the files are over a hundred megabytes.
    """
    found = {(f"{m.name} {m.version}", m.sha256) for m in models.installed() if m.sha256}
    if learned.available():
        found.add(learned.identity())
    if together.available():
        found.add(together.identity())
    return tuple(sorted(found))


def tool(
    settings: Settings,
    *used: tuple[str, str],
    outlets: Registry | None = None,
    decided: Iterable[Judgement] = (),
) -> Tool:
    """What made a result: version, settings, and the hash of every model that was installed for it.

    A registry that is not the package's own and judgements stand among the settings by their digests.
    """
    values = settings.as_dict()
    if outlets is not None and outlets.entries != registry.default().entries:
        values["registry"] = outlets.digest
    said = judgements.digest(decided)
    if said:
        values["judgements"] = said
    hashes = tuple(sorted({*model_hashes(), *used}))
    return Tool("twosource", __version__, values, digest_of(values), hashes)


@cache
def code_digest() -> str:
    """SHA-256 over the product's own files: code, word lists, weights. Part of every cache key."""
    total = hashlib.sha256()
    for name, content in sorted(_files(resources.files(__package__))):
        total.update(name.encode())
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def _files(folder: resources.abc.Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _examine_all(
    articles: Sequence[Article],
    settings: Settings,
    run: Run,
    case: Case | None,
    how: Callable[[Article], Examined] | None = None,
) -> tuple[list[Examined], int]:
    """Examine every article, the known ones from the case; what is new is kept as it comes."""
    known: dict[str, Examined] = {}
    keys: list[str] = []
    if case:
        stamp = "\n".join(
            [settings.digest, code_digest(), *(f"{name} {sha}" for name, sha in model_hashes())]
        )
        # ids are part of the key: what is kept names attributions and statements after their article
        keys = [hashlib.sha256(f"{a.id}\n{a.sha256}\n{stamp}".encode()).hexdigest() for a in articles]
        known = case.examined(keys, Examined)
    todo = [i for i in range(len(articles)) if not (keys and keys[i] in known)]
    out: list[Examined | None] = [known.get(keys[i]) if keys else None for i in range(len(articles))]
    run.progress.stage("Finding attributions", len(articles))
    run.progress.advance(len(articles) - len(todo))
    fresh: dict[str, Examined] = {}
    try:
        for i, result in zip(
            todo, map_ordered(how or examine, [articles[i] for i in todo], run.workers), strict=True
        ):
            out[i] = result
            run.progress.advance()
            if case and result.failure is None:
                fresh[keys[i]] = result
                if len(fresh) >= _KEEP_EVERY:
                    case.keep_examined(fresh)
                    fresh = {}
    finally:  # an interruption keeps what is done
        if case:
            case.keep_examined(fresh)
    return [e for e in out if e is not None], len(articles) - len(todo)


def _failures(articles: Iterable[Article], examined: Iterable[Examined]) -> tuple[Skipped, ...]:
    return tuple(
        Skipped(a.path, e.failure, a.record)
        for a, e in zip(articles, examined, strict=True)
        if e.failure is not None
    )


def _embed(
    model: Embedder, texts: Sequence[str], progress: Progress, case: Case | None
) -> tuple[NDArray[np.float32], claims.Words | None]:
    """One unit vector for each text, shape (len(texts), d), and the words of each for what reads two texts together.

    Equal texts and kept ones are not looked at again. There are no words in the degraded mode.
    """
    reader = None if model.degraded else claims.reader()
    both = f"{model.sha256} {reader.sha256}" if reader else model.sha256
    distinct = sorted(set(texts))
    known = case.vectors(model.sha256, distinct) if case else {}
    seen = {t: claims.Seen(*w) for t, w in case.words(both, distinct).items()} if case and reader else {}
    todo = [t for t in distinct if t not in known or (reader and t not in seen)]
    progress.stage("Embedding statements", len(distinct))
    progress.advance(len(distinct) - len(todo))
    # Long and short apart: a batch costs what its longest text costs.
    todo.sort(key=lambda t: (len(t), t))
    for i in range(0, len(todo), 256):
        batch = todo[i : i + 256]
        if reader:
            vectors, found = model.look(batch, reader.see)
            seen.update(zip(batch, found, strict=True))
            if case:
                case.keep_words(both, batch, found)
        else:
            vectors = model.embed(batch)
        if case:
            case.keep_vectors(model.sha256, batch, vectors)
        known.update(zip(batch, vectors, strict=True))
        progress.advance(len(batch))
    rows = np.stack([known[t] for t in texts]) if texts else np.zeros((0, model.dim))
    words = claims.Words(reader, [seen[t] for t in texts]) if reader else None
    return rows.astype(np.float32, copy=False), words


def _warnings(pile: Pile, model: Embedder) -> tuple[str, ...]:
    """What a reader must know of the whole run."""
    articles = pile.articles
    out = [f"{note.path}: {note.text}" for note in pile.notes]
    untold = sum(a.language == UNKNOWN for a in articles)
    plain = sorted({a.language for a in articles if parser_for(a.language).name == "none"} - {UNKNOWN})
    if plain:
        out.append(
            f"no parser for language {', '.join(plain)}: only quotation marks and word rules were applied there"
        )
    if untold:
        out.append(
            f"the language of {_of(untold, articles)} cannot be told: only quotation marks and word rules were applied there"
        )
    if not learned.available():
        out.append(
            "the learned attribution finder is missing its weights: rules alone were used, which find less"
        )
    if model.degraded:
        out.append(f"claims were grouped with {model.name}: expect missed and wrong groups")
    undated = sum(a.published.start is None for a in articles)
    if undated:
        unread = next((a.published.raw for a in articles if a.published.raw and _unread(a.published)), "")
        out.append(
            f"{_of(undated, articles)} {'carries' if undated == 1 else 'carry'} no publication time: "
            "directions there rest on wording"
            + (f"; what stands there is no date: “{unread[:60]}”" if unread else "")
        )
    return tuple(out)


def _of(number: int, articles: Sequence[Article]) -> str:
    """So many of the articles, in words."""
    if len(articles) == 1:
        return "the one article"
    return f"{number} of {len(articles)} articles"


def _unread(published: Published) -> bool:
    """Whether something was given as a date that is none."""
    return published.start is None and published.precision is Precision.UNKNOWN
