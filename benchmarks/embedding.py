"""How fast sentences become vectors, how close 8 bits stay to floats, and whether translations meet.

    python benchmarks/embedding.py [--sentences 300] [--threads 2]

The sentences are our own, about invented places. Several pairs share their subject, so that the nearest
neighbour must be told from a near miss. Sentences per processor second hold on a busy machine too; those per
second by the clock only on a quiet one.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Callable, Sequence

import numpy as np

from twosource.language import models
from twosource.language.embed import E5Embedder, Embedder, NgramEmbedder

PAIRS: tuple[tuple[str, str], ...] = (
    (
        "The ferry Aurelia ran aground off the island of Ostrova on Tuesday with 230 passengers on board.",
        "Паром «Аурелия» во вторник сел на мель у острова Острова, на борту находились 230 пассажиров.",
    ),
    (
        "All 230 passengers of the ferry Aurelia were brought ashore by fishing boats before dawn.",
        "Всех 230 пассажиров парома «Аурелия» до рассвета доставили на берег рыбацкие лодки.",
    ),
    (
        "The captain of the Aurelia was questioned for six hours and released without charge.",
        "Капитана «Аурелии» допрашивали шесть часов и отпустили, не предъявив обвинений.",
    ),
    (
        "The harbour master said that the lighthouse had been dark for three nights before the accident.",
        "Начальник порта заявил, что маяк не горел три ночи подряд до аварии.",
    ),
    (
        "The transport ministry denied that the lighthouse had been out of order.",
        "Министерство транспорта опровергло сообщения о неисправности маяка.",
    ),
    (
        "A dam above the town of Verkhnyaya Gavan burst after a week of rain and flooded four villages.",
        "Плотина выше города Верхняя Гавань прорвалась после недели дождей и затопила четыре деревни.",
    ),
    (
        "Engineers had warned of cracks in the dam two years earlier, according to a document seen by our paper.",
        "Инженеры предупреждали о трещинах в плотине ещё два года назад, следует из документа, с которым"
        " ознакомилась наша редакция.",
    ),
    (
        "At least 14 people were killed in the flood and 40 are missing, the rescue service said.",
        "По данным спасательной службы, при наводнении погибли не менее 14 человек, ещё 40 пропали без вести.",
    ),
    (
        "The governor promised every flooded household a payment before the end of the month.",
        "Губернатор пообещал каждой пострадавшей от наводнения семье выплату до конца месяца.",
    ),
    (
        "Residents of the flooded villages say that nobody warned them to leave their homes.",
        "Жители затопленных деревень говорят, что никто не предупредил их о необходимости покинуть дома.",
    ),
    (
        "The price of bread rose by a fifth in a month after the mill at Zarechny burned down.",
        "После пожара на мельнице в Заречном хлеб за месяц подорожал на пятую часть.",
    ),
    (
        "Investigators believe that the mill at Zarechny was set on fire deliberately.",
        "Следователи полагают, что мельницу в Заречном подожгли намеренно.",
    ),
    (
        "Two soldiers were wounded when a drone struck the border post at Kamenny Brod.",
        "Двое военных получили ранения при ударе беспилотника по пограничной заставе Каменный Брод.",
    ),
    (
        "A drone fell in a field near Kamenny Brod, nobody was hurt, the regional administration reported.",
        "Беспилотник упал в поле у Каменного Брода, никто не пострадал, сообщила областная администрация.",
    ),
    (
        "The foreign ministry handed the ambassador a note of protest over the incident at the border.",
        "Министерство иностранных дел вручило послу ноту протеста в связи с инцидентом на границе.",
    ),
    (
        "Unnamed officials told the agency that secret talks on a ceasefire have been under way since spring.",
        "Неназванные чиновники сообщили агентству, что тайные переговоры о перемирии идут с весны.",
    ),
    (
        "The president's spokeswoman called reports of secret talks an invention.",
        "Пресс-секретарь президента назвала сообщения о тайных переговорах выдумкой.",
    ),
    (
        "The court adjourned the trial of the former mayor until the middle of March.",
        "Суд отложил процесс над бывшим мэром до середины марта.",
    ),
    (
        "The former mayor is accused of selling the city's waterworks to a company owned by his brother.",
        "Бывшего мэра обвиняют в продаже городского водоканала фирме, принадлежащей его брату.",
    ),
    (
        "Doctors at the children's hospital warn that insulin will last for only ten more days.",
        "Врачи детской больницы предупреждают, что инсулина хватит лишь на десять дней.",
    ),
    (
        "The health minister said that the hospitals have enough medicine for half a year.",
        "Министр здравоохранения сказал, что лекарств в больницах достаточно на полгода.",
    ),
    (
        "A woman who lives opposite the bank filmed the explosion on her telephone.",
        "Женщина, живущая напротив банка, сняла взрыв на телефон.",
    ),
    (
        "Miners at the Severnaya pit refused to come to the surface until their wages were paid.",
        "Горняки шахты «Северная» отказались подниматься на поверхность, пока им не выплатят зарплату.",
    ),
    (
        "Scientists found traces of the pesticide in every third sample of river water.",
        "Учёные обнаружили следы пестицида в каждой третьей пробе речной воды.",
    ),
    (
        "The national team lost the qualifying match in extra time and will not go to the championship.",
        "Сборная проиграла отборочный матч в дополнительное время и не поедет на чемпионат.",
    ),
)


def sentences(count: int) -> list[str]:
    """Distinct sentences of ordinary length: the pairs' texts in turn, each with a dateline of its own."""
    texts = [text for pair in PAIRS for text in pair]
    return [f"{texts[i % len(texts)]} (Gavan Courier, evening edition, No. {i + 1})" for i in range(count)]


def hits(queries: np.ndarray, answers: np.ndarray) -> int:
    """How many rows of the first have their own row of the second as nearest neighbour."""
    return int(((queries @ answers.T).argmax(axis=1) == np.arange(len(queries))).sum())


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds and seconds by the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock


def report(texts: Sequence[str], made: Sequence[tuple[str, Callable[[], Embedder]]]) -> None:
    """One line for each embedder; cosines are to the first."""
    heading = f"{'embedder':34}{'load':>8}{'per CPU s':>11}{'per s':>8}{'ru→en':>7}{'en→ru':>7}"
    print(heading + f"{'cosine: mean':>14}{'least':>8}")
    reference: np.ndarray | None = None
    for label, make in made:
        box: list[Embedder] = []
        load, _ = timed(lambda: box.append(make()))  # noqa: B023
        model = box[0]
        model.embed(texts[:20])
        english, russian = (model.embed([pair[side] for pair in PAIRS]) for side in (0, 1))
        rows: list[np.ndarray] = []
        processor, clock = timed(lambda: rows.append(model.embed(texts)))  # noqa: B023
        line = f"{label:34}{load:>6.1f} s{len(texts) / processor:>11.0f}{len(texts) / clock:>8.0f}"
        line += f"{hits(russian, english):>7}{hits(english, russian):>7}"
        if reference is None:
            reference = rows[0]
        if rows[0].shape == reference.shape:
            cosines = (rows[0] * reference).sum(axis=1)
            line += f"{cosines.mean():>14.4f}{cosines.min():>8.4f}"
        print(line, flush=True)


def main() -> None:
    """Measure every embedder that can be had here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    texts = sentences(chosen.sentences)
    print(f"{platform.machine()}, Python {platform.python_version()}; {len(texts)} sentences,", end=" ")
    print(f"{np.mean([len(t) for t in texts]):.0f} characters each; retrieval: {len(PAIRS)} pairs")
    found = models.find("multilingual-e5-small")
    made: list[tuple[str, Callable[[], Embedder]]] = []
    if found is not None:
        made += [
            ("e5 float32, 1 thread", lambda: E5Embedder(found, 1, exact=True)),
            ("e5 int8, 1 thread", lambda: E5Embedder(found, 1)),
            (f"e5 int8, {chosen.threads} threads", lambda: E5Embedder(found, chosen.threads)),
        ]
    report(texts, [*made, ("degraded: character n-grams", NgramEmbedder)])


if __name__ == "__main__":
    main()
