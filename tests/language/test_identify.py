"""Which language a text is in."""

from __future__ import annotations

import pytest

from twosource.language.identify import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A fire on the northern quay destroyed two cranes, the harbour master said.", "en"),
        ("Пожар на северном причале уничтожил два крана, сообщила начальник порта.", "ru"),
        ("Пожежа на північному причалі знищила два крани, повідомила начальниця порту.", "uk"),
        ("Ein Feuer am Nordkai hat in der Nacht zwei Kräne zerstört, sagte die Hafenmeisterin.", "de"),
        ("Un incendie a détruit deux grues sur le quai nord, a déclaré la capitaine du port.", "fr"),
        ("Un incendio en el muelle norte destruyó dos grúas, dijo la capitana del puerto.", "es"),
        ("Kuzey rıhtımında çıkan yangında iki vinç yandı, liman başkanı açıkladı.", "tr"),
        ("أدى حريق في الرصيف الشمالي إلى تدمير رافعتين، بحسب مديرة الميناء", "ar"),
        ("آتش‌سوزی در اسکله شمالی دو جرثقیل را نابود کرد، رئیس بندر گفت", "fa"),
        ("שריפה ברציף הצפוני השמידה שני מנופים", "he"),
        ("北码头发生火灾,两台起重机被毁", "zh"),
        ("北埠頭で火災があり、クレーン二基が焼けた", "ja"),
        ("북쪽 부두에서 화재가 발생했다", "ko"),
        ("Пожар", "ru"),
        ("Дым над гаванью", "ru"),
        ("«Вести.RU»", "ru"),
        ("Пожежа в місті Їжаків", "uk"),
        ("ЎЎЎ дым", "be"),
        ("Reuters", "und"),
        ("12:00 — 14:00", "und"),
        ("", "und"),
        ("\ud800\udfff", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_foreign_name_does_not_change_the_language() -> None:
    english = "The portal «Вести.RU» reported that two cranes burned on the northern quay before dawn."
    assert language_of(english) == "en"
