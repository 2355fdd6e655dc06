"""How firmly a thing is put: the reporter's stance, likelihood and confidence, negation and conditions, evidence.

Each table reads: what the words show, and sentences that show it, in English and in Russian.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from notation import attribute

from twosource.language import english, russian
from twosource.model import Attribution, Confidence, Evidence, Likelihood, Stance


def cases(table: Mapping[Any, Sequence[str]]) -> list[object]:
    """One case a sentence; sentences in Cyrillic go to the Russian parser."""
    out: list[object] = []
    for value, sentences in table.items():
        for text in sentences:
            there = russian.available() if _russian(text) else english.available()
            skip = pytest.mark.skipif(not there, reason="no parser for this language installed")
            out.append(pytest.param(text, value, id=f"{value}-{text[:40]}", marks=skip))
    return out


def _russian(text: str) -> bool:
    return any("а" <= c <= "я" for c in text)


def first(text: str) -> Attribution:
    return attribute(text, "ru" if _russian(text) else "en")[0]


STANCES = {
    Stance.NEUTRAL: [
        "Ann Ray said the quay burned.",
        "Ann Ray told the court that the quay burned.",
        "According to Ann Ray, the quay burned.",
        "Ann Ray did not confirm that the quay burned.",
        "Анна Рей сказала, что причал сгорел.",
        "Анна Рей уверена, что причал сгорел.",
        "Анна Рей не подтвердила, что причал сгорел.",
    ],
    Stance.ENDORSES: [
        "Ann Ray pointed out that the quay burned.",
        "Ann Ray admitted that the quay burned.",
        "Ann Ray revealed that the quay burned.",
        "Photographs show that the quay burned.",
        "Анна Рей признала, что причал сгорел.",
        "Анна Рей подтвердила, что причал сгорел.",
    ],
    Stance.DISTANCES: [
        "Ann Ray claimed that the quay burned.",
        "Ann Ray alleged that the quay burned.",
        "The so-called experts said that the quay burned.",
        "There are rumours that the quay burned.",
        "Анна Рей утверждает, что причал сгорел.",
        "Якобы причал сгорел, заявила Анна Рей.",
    ],
    Stance.DENIES: [
        "Ann Ray falsely claimed that the quay burned.",
        "Ann Ray wrongly said that the quay burned.",
        "“The quay burned,” Ann Ray said, which is untrue.",
        "“The quay burned for a day,” Ann Ray said, which was plainly false.",
    ],
}


@pytest.mark.parametrize(("text", "stance"), cases(STANCES))
def test_stance(text: str, stance: Stance) -> None:
    assert first(text).stance is stance


LIKELIHOODS = {
    Likelihood.STATED: [
        "Ann Ray said that the quay burned.",
        "Ann Ray said that the quay must be closed.",
        "Ann Ray suspects that the quay burned.",
        "Анна Рей сказала, что причал сгорел.",
    ],
    Likelihood.LIKELY: [
        "Ann Ray said that the quay probably burned.",
        "Ann Ray said that the quay is likely to burn.",
        "Ann Ray said that the quay must have burned.",
        "Ann Ray said that the quay apparently burned.",
        "Анна Рей сказала, что причал, вероятно, сгорел.",
        "Анна Рей сказала, что причал, скорее всего, сгорел.",
    ],
    Likelihood.POSSIBLE: [
        "Ann Ray said that the quay may have burned.",
        "Ann Ray said that the quay could have burned.",
        "Ann Ray said that perhaps the quay had burned.",
        "Ann Ray said that the quay was possibly set on fire.",
        "Анна Рей сказала, что причал мог сгореть.",
        "Анна Рей предположила, что причал сгорел.",
    ],
    Likelihood.UNLIKELY: [
        "Ann Ray said that the quay was unlikely to burn.",
        "Ann Ray said it was doubtful that the quay burned.",
        "Анна Рей сказала, что причал вряд ли сгорел.",
    ],
}


@pytest.mark.parametrize(("text", "likelihood"), cases(LIKELIHOODS))
def test_likelihood(text: str, likelihood: Likelihood) -> None:
    assert first(text).certainty.likelihood is likelihood


CONFIDENCES = {
    Confidence.UNSTATED: [
        "Ann Ray said that the quay may have burned.",
        "Анна Рей сказала, что причал мог сгореть.",
    ],
    Confidence.HIGH: [
        "Ann Ray is certain that the quay burned.",
        "Ann Ray is confident that the quay may burn.",
        "Ann Ray said that the quay had certainly burned.",
        "Анна Рей уверена, что причал сгорел.",
    ],
    Confidence.MODERATE: [
        "Ann Ray believes that the quay burned.",
        "Ann Ray assumes that the quay burned.",
        "Анна Рей считает, что причал сгорел.",
        "Анна Рей полагает, что причал сгорел.",
    ],
    Confidence.LOW: [
        "Ann Ray suspects that the quay burned.",
        "Ann Ray doubts that the quay burned.",
        "Анна Рей опасается, что причал сгорел.",
        "По слухам, причал сгорел.",
    ],
}


@pytest.mark.parametrize(("text", "confidence"), cases(CONFIDENCES))
def test_confidence(text: str, confidence: Confidence) -> None:
    assert first(text).certainty.confidence is confidence


NEGATED = {
    True: [
        "Ann Ray said that the quay did not burn.",
        "Ann Ray said that the quay never burned.",
        "Ann Ray said that nobody had burned the quay.",
        "Ann Ray said that no ship was lost.",
        "Ann Ray denied that the quay burned.",
        "Анна Рей сказала, что причал не сгорел.",
        "Анна Рей сказала, что пожара не было.",
        "Анна Рей отрицает, что причал сгорел.",
    ],
    False: [
        "Ann Ray said that the quay burned because nobody came.",
        "Ann Ray said the quay that was not guarded burned.",
        "Ann Ray denied that the quay never burned.",
        "Анна Рей сказала, что причал сгорел.",
    ],
}


@pytest.mark.parametrize(("text", "negated"), cases(NEGATED))
def test_negation(text: str, negated: bool) -> None:
    assert first(text).certainty.negated is negated


CONDITIONS = {
    True: [
        "Ann Ray said the quay would burn if nobody came.",
        "Ann Ray said that unless the pumps worked the quay would burn.",
        "Ann Ray said that the quay would burn should the pumps fail.",
        "Анна Рей сказала, что причал сгорит, если никто не придёт.",
    ],
    False: [
        "Ann Ray wondered if the quay had burned.",
        "Ann Ray said the pumps should be mended.",
        "Анна Рей сказала, что причал сгорел.",
    ],
}


@pytest.mark.parametrize(("text", "conditional"), cases(CONDITIONS))
def test_condition(text: str, conditional: bool) -> None:
    assert first(text).certainty.conditional is conditional


QUESTIONS = {
    True: [
        "Ann Ray asked whether the quay had burned.",
        "“Did the quay burn?” Ann Ray said.",
        "«Кто сжёг причал?» — спросила Анна Рей.",
    ],
    False: [
        "Ann Ray said that the quay burned.",
        "Ann Ray asked the dockers to keep the windows shut.",
        "Анна Рей сказала, что причал сгорел.",
    ],
}


@pytest.mark.parametrize(("text", "question"), cases(QUESTIONS))
def test_question(text: str, question: bool) -> None:
    assert first(text).certainty.question is question


OFFERED = {
    (): ["Ann Ray said the gate was left open.", "Анна Рей сказала, что ворота были открыты."],
    (Evidence.PHOTOGRAPH,): [
        "Photographs show that the gate was left open.",
        "A photo published by the board shows that the gate was left open.",
        "На фотографиях видно, что ворота были открыты.",
    ],
    (Evidence.VIDEO,): [
        "Footage shows that the gate was left open.",
        "A video filmed by a docker showed that the gate was left open.",
        "На видео видно, что ворота были открыты.",
    ],
    (Evidence.SATELLITE_IMAGE,): [
        "Satellite images show that the gate was left open.",
        "Satellite imagery revealed that the gate was left open.",
        "Спутниковые снимки показывают, что ворота были открыты.",
    ],
    (Evidence.DOCUMENT,): [
        "A leaked memo shows that the gate was left open.",
        "According to court documents, the gate was left open.",
        "Согласно документам, ворота были открыты.",
        "В докладе говорится, что ворота были открыты.",
    ],
    (Evidence.DATA,): [
        "The figures show that the gate was left open.",
        "According to data from the weather office, the gate was left open.",
        "Статистика показывает, что ворота были открыты.",
    ],
    (Evidence.EYEWITNESS,): [
        "Two witnesses told the court that the gate was left open.",
        "A docker who saw the fire said that the gate was left open.",
        "По словам очевидцев, ворота были открыты.",
    ],
    (Evidence.CONFESSION,): [
        "The guard confessed that he had left the gate open.",
        "In his confession the guard said that he had left the gate open.",
        "Сторож сознался, что ворота были открыты.",
    ],
}


@pytest.mark.parametrize(("text", "kinds"), cases(OFFERED))
def test_evidence(text: str, kinds: tuple[Evidence, ...]) -> None:
    assert first(text).evidence == kinds
