"""Places that speak: "Moscow denied", "Syria said" stand for a government."""

from __future__ import annotations

import re

from .names import folded

_ROWS = """
Afghanistan | Kabul | Afghan
Albania | Tirana | Albanian
Algeria | Algiers | Algerian
Argentina | Buenos Aires | Argentine Argentinian
Armenia | Yerevan | Armenian
Australia | Canberra | Australian
Austria | Vienna | Austrian
Azerbaijan | Baku | Azerbaijani
Bahrain | Manama | Bahraini
Bangladesh | Dhaka | Bangladeshi
Belarus | Minsk | Belarusian
Belgium | | Belgian
Bosnia and Herzegovina, Bosnia | Sarajevo | Bosnian
Brazil | Brasilia | Brazilian
Bulgaria | Sofia | Bulgarian
Canada | Ottawa | Canadian
Chile | | Chilean
China, People's Republic of China | Beijing | Chinese
Colombia | Bogota | Colombian
Croatia | Zagreb | Croatian
Cuba | Havana | Cuban
Cyprus | Nicosia | Cypriot
Czech Republic, Czechia | Prague | Czech
Denmark | Copenhagen | Danish
Egypt | Cairo | Egyptian
Estonia | Tallinn | Estonian
Ethiopia | Addis Ababa | Ethiopian
Finland | Helsinki | Finnish
France | Paris | French
Georgia | Tbilisi | Georgian
Germany | Berlin | German
Greece | Athens | Greek
Hungary | Budapest | Hungarian
Iceland | Reykjavik | Icelandic
India | New Delhi, Delhi | Indian
Indonesia | Jakarta | Indonesian
Iran | Tehran, Teheran | Iranian
Iraq | Baghdad | Iraqi
Ireland | Dublin | Irish
Israel | | Israeli
Italy | Rome | Italian
Japan | Tokyo | Japanese
Jordan | Amman | Jordanian
Kazakhstan | Astana | Kazakh
Kenya | Nairobi | Kenyan
Kuwait | | Kuwaiti
Kyrgyzstan | Bishkek | Kyrgyz
Latvia | Riga | Latvian
Lebanon | Beirut | Lebanese
Libya | Tripoli | Libyan
Lithuania | Vilnius | Lithuanian
Malaysia | Kuala Lumpur | Malaysian
Mexico | | Mexican
Moldova | Chisinau | Moldovan
Morocco | Rabat | Moroccan
Myanmar, Burma | Naypyidaw | Burmese
the Netherlands, Holland | The Hague | Dutch
New Zealand | Wellington |
Nigeria | Abuja | Nigerian
North Korea | Pyongyang |
Norway | Oslo | Norwegian
Oman | Muscat | Omani
Pakistan | Islamabad | Pakistani
Palestine | | Palestinian
Peru | Lima | Peruvian
the Philippines | Manila | Philippine
Poland | Warsaw | Polish
Portugal | Lisbon | Portuguese
Qatar | Doha | Qatari
Romania | Bucharest | Romanian
Russia, Russian Federation | Moscow | Russian
Saudi Arabia | Riyadh | Saudi
Serbia | Belgrade | Serbian
Singapore | | Singaporean
Slovakia | Bratislava | Slovak
Slovenia | Ljubljana | Slovenian
Somalia | Mogadishu | Somali
South Africa | Pretoria |
South Korea | Seoul |
Spain | Madrid | Spanish
Sudan | Khartoum | Sudanese
Sweden | Stockholm | Swedish
Switzerland | Bern | Swiss
Syria, Syrian Arab Republic | Damascus | Syrian
Taiwan | Taipei | Taiwanese
Tajikistan | Dushanbe | Tajik
Thailand | Bangkok | Thai
Tunisia | Tunis | Tunisian
Turkey, Turkiye | Ankara | Turkish
Turkmenistan | Ashgabat | Turkmen
Ukraine | Kyiv, Kiev | Ukrainian
the United Arab Emirates, UAE, Emirates | Abu Dhabi | Emirati
the United Kingdom, UK, U.K., Britain, Great Britain | London, Downing Street | British
the United States, US, U.S., USA, United States of America, America | Washington | American
Uzbekistan | Tashkent | Uzbek
Venezuela | Caracas | Venezuelan
Vietnam | Hanoi | Vietnamese
Yemen | Sanaa | Yemeni
"""
"""Country with its other names | capital | demonym. A capital that is also another place's common name is out."""


def _read() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    places: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    for row in _ROWS.strip().splitlines():
        names, capitals, people = (part.strip() for part in row.split("|"))
        country = names.split(",")[0].strip()
        for form in (*names.split(","), *capitals.split(",")):
            if form.strip():
                places[_key(form)] = country
        for form in people.split():
            adjectives[folded(form)] = country
            demonyms.setdefault(country, form)
    return places, adjectives, demonyms


def _key(place: str) -> str:
    return re.sub(
        r"^(?:the )?(?:(?:kingdom|republic|state|government) of (?:the )?)?", "", folded(place)
    ).replace(".", "")


_PLACES, _ADJECTIVES, _DEMONYMS = _read()


def government(place: str) -> str | None:
    """The government that a country's or capital's name stands for: Moscow → Government of Russia."""
    country = country_of(place)
    return None if country is None else f"Government of {country}"


def country_of(place: str) -> str | None:
    """The country of that name or with that capital; None for any other place."""
    return _PLACES.get(_key(place))


def of_people(word: str) -> str | None:
    """The country of a demonym: "Syrian" → Syria."""
    return _ADJECTIVES.get(folded(word))


def demonym(country: str) -> str | None:
    """Syria → "Syrian"; None where the table has none."""
    return _DEMONYMS.get(_PLACES.get(_key(country), ""))


def without_country(name: str) -> str:
    """An acronym without the country before it: "Syria SANA" → SANA; any other name as it is ("Syria TV", "Korea Times")."""
    before, _, last = name.rpartition(" ")
    acronym = last.isupper() and last.isalpha() and 3 <= len(last) <= 8
    return last if acronym and (country_of(before) or of_people(before)) else name
