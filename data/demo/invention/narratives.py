"""What the invented city says about each claim, in both languages: what the figures show, and what to do."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from datetime import date

from invention.writing import Row, span

PERIOD = span(date(2019, 10, 30), date(2026, 10, 31))

# subject: (analysis da, recommendation da, analysis en, recommendation en)
_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "claim:recognition": (
        "Kendskabet til titlen er fordoblet: 29 procent af borgerne kendte den i 2020, 58 procent i 2026. Også priser og invitationer er der flere af. Samtidig er det kun 47 procent, der finder titlen vigtig, mod 66 procent i begyndelsen, og byens andel af verdens netnyheder er mindre end før udnævnelsen. Byen er altså mere kendt for titlen, men ikke mere værdsat for den.",
        "Spørg borgerne, hvad de savner, før der bruges flere penge på at gøre titlen kendt.",
        "Awareness of the title has doubled: 29 per cent of residents knew of it in 2020, 58 per cent in 2026. There are also more awards and invitations. At the same time only 47 per cent find the title important, against 66 per cent at the start, and the city's share of the world's online news is smaller than before the designation. The city is better known for the title but not more valued for it.",
        "Ask residents what they miss before more money is spent on making the title known.",
    ),
    "claim:collaboration": (
        "Før udnævnelsen havde Mosevig ét fælles projekt om året og kontakt med én eller to kreative byer. Siden 2023 er det fem eller flere projekter om året med syv byer. Det er dog oftest os, der rejser ud: Der er omtrent dobbelt så mange ophold ude som residenser hjemme, og hver tredje kontakt var ophørt efter to år.",
        "Aftal fra begyndelsen, hvem der betaler for år to og tre, og giv plads til flere gæster i Mosevig.",
        "Before the designation Mosevig had one joint project a year and contact with one or two creative cities. Since 2023 there have been five or more projects a year with seven cities. But it is mostly we who travel: there are about twice as many stays abroad as residencies at home, and every third contact had ended after two years.",
        "Agree from the start who pays for years two and three, and make room for more guests in Mosevig.",
    ),
    "claim:showcase": (
        "Mosevig holder nu seks til otte arrangementer om året med udenlandske deltagere mod to eller tre før, og der kommer mere end dobbelt så mange udenlandske deltagere. Festivalen er ældre end titlen, og dens samlede besøgstal er det samme som før pandemien. Fremgangen ligger i det internationale.",
        "Hold fast i de små internationale formater, og gør programmet tilgængeligt på engelsk.",
        "Mosevig now hosts six to eight events a year with foreign participants against two or three before, and more than twice as many foreign participants come. The festival is older than the title, and its total attendance is the same as before the pandemic. The progress is in the international part.",
        "Keep the small international formats, and make the programme available in English.",
    ),
    "claim:sdg": (
        "Vi kan ikke sige, om løftet holder. Der er registreret 46 aktiviteter med verdensmål, men ingen talte dem før 2020, så der er intet at sammenligne med, og kun fem har et målt resultat. At en aktivitet er mærket med et verdensmål, viser en hensigt, ikke en virkning.",
        "Vælg tre aktiviteter, og mål dem ordentligt, frem for at mærke tyve.",
        "We cannot say whether the promise holds. 46 activities tagged with a goal are registered, but nobody counted them before 2020, so there is nothing to compare with, and only five have a measured result. That an activity carries a goal shows an intention, not an effect.",
        "Choose three activities and measure them properly rather than tagging twenty.",
    ),
    "claim:political-focus": (
        "Der er blevet flere kreative virksomheder og flere fuldtidsstillinger i kultursektoren end før udnævnelsen, og byrådet har vedtaget en handleplan. Men kulturens andel af budgettet er faldet fra 4,1 til 3,4 procent, stik imod hvad kandidaturet lovede, og de kreative erhverv fylder igen lige så lidt på dagsordenen som før 2019. Væksten i virksomheder begyndte i 2018.",
        "Byrådet bør tage stilling til, om løftet om uændret andel af budgettet stadig gælder.",
        "There are more creative companies and more full-time jobs in the culture sector than before the designation, and the council has adopted an action plan. But culture's share of the budget has fallen from 4.1 to 3.4 per cent, the opposite of what the candidacy promised, and the creative industries again take up as little of the agenda as before 2019. The growth in companies began in 2018.",
        "The council should decide whether the promise of an unchanged share of the budget still stands.",
    ),
    "claim:media": (
        "Løftet holder ikke. Omtalen toppede med 24 artikler i 2020 og er faldet hvert år siden; målet på 40 er aldrig nået. En stigende del er købt: Omkring to af tre artikler er ubetalte mod alle de få, der var før. Medieværdien på 9,4 mio. kr., som blev oplyst i 2020, kunne ikke efterprøves; et forsøg gav 1,1 mio. kr.",
        "Hold op med at nævne medieværdien. Brug pengene til betalt indhold på ét godt pressebesøg om året.",
        "The promise does not hold. Coverage peaked at 24 articles in 2020 and has fallen every year since; the target of 40 was never reached. A growing part is bought: about two in three articles are unpaid, against all of the few there were before. The media value of DKK 9.4 million stated in 2020 could not be verified; an attempt gave DKK 1.1 million.",
        "Stop quoting the media value. Spend the money for paid content on one good press visit a year.",
    ),
    "claim:funding": (
        "To af tre ansøgninger lykkes nu mod knap halvdelen før, fra tre gange så mange tilskudsgivere. Beløbet er vokset, men det meste skyldes få store tilskud: Uden Levende byer i 2022 ville årets beløb være under en femtedel. Én sag kan sammenlignes direkte: Fonden Havblik gav afslag i 2018 og tilsagn i 2024 til samme projekt. Hvad der er bevilget, er ikke alt sammen udbetalt endnu.",
        "Vis altid tallet med og uden det største tilskud.",
        "Two in three applications now succeed against just under half before, from three times as many funders. The amount has grown, but most of it comes from a few large grants: without Living Cities in 2022 that year's amount would be less than a fifth. One case can be compared directly: Fonden Havblik declined in 2018 and granted in 2024 the same project. Not all that is granted has been paid yet.",
        "Always show the figure with and without the largest grant.",
    ),
    "claim:attraction": (
        "Flere internationale arrangementer og flere udenlandske deltagere er kommet til. Men antallet af optagedage er næsten halveret siden 2018, også fordi filmkontoret lukkede i 2022, og investeringerne svinger så meget, at ét år afgør billedet. De femten arrangementer, der også er ført under udstillingsvindue, er kun talt én gang.",
        "Afgør, om byen stadig vil tiltrække filmoptagelser. Ellers bør målet udgå.",
        "More international events and more foreign participants have come. But the number of filming days has almost halved since 2018, partly because the film office closed in 2022, and investment varies so much that a single year decides the picture. The fifteen events that are also kept under showcase are counted only once.",
        "Decide whether the city still wants to attract filming. If not, the target should go.",
    ),
    "claim:conference": (
        "Mosevig har deltaget hver gang, konferencen er holdt, siden udnævnelsen, og har siden 2022 holdt mellem 14 og 24 møder hver gang. Det er et løfte, byen selv kan opfylde. Udbyttet er tyndere: Seks møder er blevet til fælles projekter. At deltage er ikke i sig selv en gevinst; rejserne har kostet 641.000 kr. siden 2020.",
        "Send færre, og lad hver deltager have ansvar for én partnerby.",
        "Mosevig has taken part every time the conference was held since the designation and since 2022 has held between 14 and 24 meetings each time. That is a promise the city can keep on its own. The return is thinner: six meetings have become joint projects. Taking part is no gain in itself; travel has cost DKK 641,000 since 2020.",
        "Send fewer, and let each participant be responsible for one partner city.",
    ),
    "indicator:creative_companies": (
        "Antallet er vokset siden 2018, altså før titlen. Væksten er større end i Torsbæk, men kan ikke tilskrives titlen alene.",
        "Spørg nye virksomheder, hvorfor de valgte Mosevig.",
        "The number has grown since 2018, that is, before the title. The growth is larger than in Torsbæk but cannot be put down to the title alone.",
        "Ask new companies why they chose Mosevig.",
    ),
    "indicator:media_value_claimed": (
        "Tre tal for næsten samme periode spænder fra 1,1 til 14 mio. kr. Forskellen ligger i metoden, ikke i omtalen.",
        "Brug antallet af artikler i stedet.",
        "Three figures for almost the same period range from DKK 1.1 to 14 million. The difference is in the method, not in the coverage.",
        "Use the number of articles instead.",
    ),
}  # fmt: skip


def narratives() -> list[Row]:
    return [
        {"subject": subject, **PERIOD, "language": language, "analysis": analysis, "recommendation": advice,
         "published": True, "author": "Kulturforvaltningen i Mosevig (opdigtet)"}
        for subject, (da, advice_da, en, advice_en) in _TEXTS.items()
        for language, analysis, advice in (("da", da, advice_da), ("en", en, advice_en))
    ]  # fmt: skip
