"""The word lists that the invented register is put together from, in Danish and English.

All organisations, outlets and festivals are invented; no person is named.
"""

from __future__ import annotations

Pair = tuple[str, str]
Headline = tuple[str, str, str]
Award = tuple[str, str, str, str, str]

PROJECTS: tuple[Pair, ...] = (
    ("Animation i folkeskolen", "Animation in primary schools"),
    ("Værksted for unge billedmagere", "Workshop for young image makers"),
    ("Festivalens internationale program", "The festival's international programme"),
    ("Residens for animationskunstnere", "Residency for animation artists"),
    ("Tegninger over grænser", "Drawings across borders"),
    ("Virtuelle rum på biblioteket", "Virtual rooms at the library"),
    ("Lysvandring langs åen", "Light walk along the river"),
    ("Talentforløb for spiludviklere", "Talent programme for game developers"),
    ("Animation for ældre med demens", "Animation with older people living with dementia"),
    ("Stop motion i dagtilbud", "Stop motion in nurseries"),
    ("Filmværksted i Vesterbyen", "Film workshop in the western district"),
    ("Fra skitse til virksomhed", "From sketch to company"),
    ("Det gamle mejeri som animationshus", "The old dairy as an animation house"),
    ("Digital formidling af byens historie", "Telling the town's history digitally"),
    ("Grøn filmproduktion", "Green film production"),
    ("Åbne studier", "Open studios"),
    ("Unge fortæller klima", "Young people tell the climate"),
    ("Tegnefilm på tegnsprog", "Animated film in sign language"),
    ("Kortfilm om byens å", "Short films about the town's river"),
    ("Netværk for mediekunst i Norden", "Nordic network for media arts"),
    ("Lydlaboratoriet", "The sound laboratory"),
    ("Motion capture-værkstedet", "The motion capture workshop"),
    ("Efteruddannelse for animatorer", "Further training for animators"),
    ("Børnenes filmklub", "The children's film club"),
)

# (name, level, country, currency, smallest and largest grant in that currency, A3 possible)
FUNDERS: tuple[tuple[str, str, str, str, float, float, bool], ...] = (
    ("Mosevig Erhvervsfond", "local", "DK", "DKK", 50_000, 300_000, False),
    ("Købmand Lindegaards Mindefond", "local", "DK", "DKK", 40_000, 250_000, False),
    ("Midtfjord Kulturpulje", "national", "DK", "DKK", 150_000, 900_000, False),
    ("Statens Animationspulje", "national", "DK", "DKK", 250_000, 1_600_000, False),
    ("Fonden Havblik", "national", "DK", "DKK", 200_000, 2_400_000, False),
    ("Puljen for byer i kreative netværk", "national", "DK", "DKK", 300_000, 1_200_000, True),
    ("Nordisk Billedpulje", "international", "NO", "EUR", 20_000, 110_000, False),
    ("Nordsøprogrammet for kultur", "international", "DE", "EUR", 60_000, 260_000, False),
    ("Det europæiske program for kreative byer", "international", "BE", "EUR", 90_000, 420_000, True),
    ("Harrow & Finch Foundation", "international", "GB", "GBP", 15_000, 80_000, False),
    ("Saguaro Ridge Foundation", "international", "US", "USD", 20_000, 90_000, True),
    ("Stiftelsen Norrljus", "international", "SE", "SEK", 150_000, 900_000, False),
)

# (outlet, level, country, language, smallest and largest stated audience)
OUTLETS: tuple[tuple[str, str, str, str, int, int], ...] = (
    ("Mosevig Tidende", "local", "DK", "da", 14_000, 19_000),
    ("Radio Midtfjord", "local", "DK", "da", 22_000, 60_000),
    ("Midtfjord Dagblad", "local", "DK", "da", 31_000, 44_000),
    ("Ugeavisen Fjorden", "local", "DK", "da", 24_000, 28_000),
    ("Dagens Krønike", "national", "DK", "da", 110_000, 240_000),
    ("Kulturbladet Rampen", "national", "DK", "da", 18_000, 32_000),
    ("Fagbladet Filmarbejderen", "national", "DK", "da", 6_000, 9_000),
    ("Kommunalt Tidsskrift", "national", "DK", "da", 11_000, 15_000),
    ("The Harbour Gazette", "international", "GB", "en", 45_000, 130_000),
    ("Frame & Motion Monthly", "international", "US", "en", 28_000, 95_000),
    ("Pixelblatt", "international", "DE", "de", 33_000, 88_000),
    ("La Gazette de l'Image", "international", "FR", "fr", 21_000, 64_000),
    ("Bild och Rörelse", "international", "SE", "sv", 12_000, 37_000),
    ("Il Foglio Animato", "international", "IT", "it", 15_000, 41_000),
    ("Revista Traço", "international", "PT", "pt", 9_000, 26_000),
    ("Tegn og Film", "international", "NO", "no", 8_000, 23_000),
    ("El Cuaderno Animado", "international", "ES", "es", 17_000, 52_000),
)

NEWS_THINGS: tuple[Pair, ...] = (
    ("animationsmiljøet", "the animation community"),
    ("festivalen", "the festival"),
    ("det gamle mejeri", "the old dairy"),
    ("filmskolen ved fjorden", "the film school by the fjord"),
    ("byens spilstudier", "the town's game studios"),
    ("biblioteket", "the library"),
    ("de unge animatorer", "the young animators"),
    ("tegnefilmene", "the animated films"),
)

# Headlines that name the designation: (Danish, English, tone)
HEADLINES_NAMING: tuple[Headline, ...] = (
    (
        "UNESCO-titlen og {thing}: Mosevig blandt verdens kreative byer",
        "The UNESCO title and {thing}: Mosevig among the world's creative cities",
        "positive",
    ),
    (
        "Kreativ by på papiret: Hvad har {thing} fået ud af det?",
        "Creative city on paper: what has {thing} got out of it?",
        "critical",
    ),
    (
        "Sådan vil Mosevig bruge titlen som kreativ by: {thing} i centrum",
        "How Mosevig means to use the creative city title: {thing} at the centre",
        "neutral",
    ),
    ("Reportage: {thing} i UNESCO-byen Mosevig", "Report: {thing} in the UNESCO city of Mosevig", "positive"),
    ("Borgmester: Titlen skal komme {thing} til gode", "Mayor: the title must benefit {thing}", "neutral"),
    ("Mosevigs titel trækker gæster til {thing}", "Mosevig's title draws guests to {thing}", "positive"),
    (
        "Byrådsmedlem: Titlen koster mere, end {thing} får igen",
        "Councillor: the title costs more than {thing} gets back",
        "critical",
    ),
    (
        "Fra moseby til mediekunst: {thing} har vind i sejlene",
        "From bog town to media arts: {thing} has the wind behind it",
        "positive",
    ),
    ("Kreative byer mødes: {thing} viste vej", "Creative cities meet: {thing} showed the way", "positive"),
    (
        "Et år mere med titlen: status for {thing}",
        "Another year with the title: the state of {thing}",
        "neutral",
    ),
    (
        "Partnerby ser mod Mosevig: {thing} inspirerer",
        "Partner city looks to Mosevig: {thing} inspires",
        "positive",
    ),
    (
        "Ukendt titel: Mange borgere kender {thing}, men ikke udnævnelsen",
        "Unknown title: many residents know {thing} but not the designation",
        "critical",
    ),
    (
        "Mosevig på verdenskortet: UNESCO kigger mod {thing}",
        "Mosevig on the world map: UNESCO looks towards {thing}",
        "positive",
    ),
    (
        "Hvad er en kreativ by? {thing} giver et bud",
        "What is a creative city? A suggestion from {thing}",
        "neutral",
    ),
    (
        "UNESCO-titlen åbner døre for {thing}",
        "The UNESCO title opens doors for {thing}",
        "positive",
    ),
    (
        "Kritik: Titlen som kreativ by når ikke ud til {thing}",
        "Criticism: the creative city title does not reach {thing}",
        "critical",
    ),
    (
        "Nyt samarbejde i UNESCO-netværket begynder med {thing}",
        "New cooperation in the UNESCO network begins with {thing}",
        "positive",
    ),
    (
        "Kreativ by søger frivillige til {thing}",
        "Creative city seeks volunteers for {thing}",
        "neutral",
    ),
    (
        "Leder: Lad {thing} vise, hvad titlen er værd",
        "Editorial: let {thing} show what the title is worth",
        "neutral",
    ),
    (
        "Byen med titlen: et besøg hos {thing}",
        "The town with the title: a visit to {thing}",
        "positive",
    ),
)
AT_HOME_ONLY = ("Byrådsmedlem", "Borgmester", "frivillige", "Ukendt titel", "Leder", "Kritik", "status for")
"""Words of headlines that a paper abroad would not print."""
HEADLINES_OTHER: tuple[Headline, ...] = (
    (
        "Nyt semester: {thing} tager imod elever fra hele landet",
        "New term: {thing} welcomes students from across the country",
        "neutral",
    ),
    (
        "Kortfilm fra Mosevig prisbelønnet, og {thing} jubler",
        "Short film from Mosevig wins, and {thing} cheers",
        "positive",
    ),
    ("Usikkerhed om økonomien for {thing}", "Doubt about the finances of {thing}", "critical"),
    ("Fuldt hus, da {thing} åbnede dørene", "Full house as {thing} opened its doors", "positive"),
    ("Mangel på boliger rammer {thing}", "Housing shortage hits {thing}", "critical"),
    ("Portræt: hverdagen omkring {thing}", "Portrait: everyday life around {thing}", "neutral"),
    ("Erhvervslivet vil investere mere i {thing}", "Business wants to invest more in {thing}", "neutral"),
)

# Events at home that recur: (Danish, English, first year, international, participants, share from abroad)
FESTIVAL: Pair = ("Mosevig Animationsfestival", "Mosevig Animation Festival")
EVENTS_INTERNATIONAL: tuple[tuple[str, str, int, int, float], ...] = (
    ("Nordisk Animationsforum", "Nordic Animation Forum", 2015, 260, 0.42),
    ("Mosevig Game Jam", "Mosevig Game Jam", 2016, 180, 0.15),
    ("Internationalt lysværksted ved åen", "International light workshop by the river", 2021, 90, 0.38),
    ("Mediekunst i byens rum", "Media arts in public space", 2022, 1400, 0.06),
    ("Møde mellem mediekunstbyer", "Meeting of media arts cities", 2022, 75, 0.71),
    ("Koproduktionsmarked for animation", "Co-production market for animation", 2020, 220, 0.47),
    ("Sommerskole i stop motion", "Summer school in stop motion", 2021, 48, 0.55),
)
ATTRACTED = frozenset(
    {"Nordisk Animationsforum", "Møde mellem mediekunstbyer", "Koproduktionsmarked for animation"}
)
"""Events that others decided to hold in the city; the rest are its own."""
EVENTS_LOCAL: tuple[Pair, ...] = (
    ("Tegnefilm for hele familien", "Animated films for the whole family"),
    ("Filmaften i det gamle mejeri", "Film night at the old dairy"),
    ("Åbent hus hos byens studier", "Open house at the town's studios"),
    ("Stop motion-dag på biblioteket", "Stop motion day at the library"),
    ("Udstilling: Byen set med børneøjne", "Exhibition: the town through children's eyes"),
    ("Branchedag for spil og film", "Industry day for games and film"),
    ("Lysfest ved fjorden", "Festival of lights by the fjord"),
    ("Foredrag: Fra skitse til film", "Lecture: from sketch to film"),
    ("Koncert med levende billeder", "Concert with moving images"),
    ("Vinterbio på torvet", "Winter cinema in the square"),
)
# Where the city's works are shown: (festival, country, partner place or "")
STAGES_ABROAD: tuple[tuple[str, str, str], ...] = (
    ("Festival de l'Image Animée", "FR", "saint-aubrac"),
    ("Hallbrücker Medienkunsttage", "DE", "hallbrueck"),
    ("Eskerwick Design Week", "GB", "eskerwick"),
    ("Palo Cenizo Film & Food", "US", "palo-cenizo"),
    ("Lövhamra Matfilmdagar", "SE", "lovhamra"),
    ("Letras em Movimento", "PT", "ribeira-alva"),
    ("Giornate dell'Animazione", "IT", "vallombra"),
    ("Fjordbilder Tegnefilmfestival", "NO", ""),
    ("Baltic Frames", "EE", ""),
    ("Animace na řece", "CZ", ""),
    ("Festival del Dibujo Animado", "ES", ""),
    ("Umi Animation Week", "JP", ""),
    ("Northern Shorts", "CA", ""),
)

PARTNERSHIPS: tuple[Pair, ...] = (
    ("Fælles residensprogram", "Joint residency programme"),
    ("Tegninger over grænser", "Drawings across borders"),
    ("Undervisningsmateriale om animation", "Teaching material on animation"),
    ("Fælles udstilling i to byer", "Joint exhibition in two cities"),
    ("Smag og billeder", "Taste and images"),
    ("Lysinstallation på rejse", "Travelling light installation"),
    ("Unge kuratorer", "Young curators"),
    ("Byens bøger som tegnefilm", "The city's books as animated films"),
    ("Fælles metode til måling af kulturens værdi", "Shared method for measuring the value of culture"),
    ("Design til digitale scener", "Design for digital stages"),
    ("Grønne festivaler", "Green festivals"),
    ("Netværk for byer med filmskoler", "Network of cities with film schools"),
)
ORGANISATIONS: dict[str, tuple[str, ...]] = {
    "hallbrueck": ("Medienhaus Hallbrück", "Hochschule am Brückentor", "Stadt Hallbrück, Kulturamt"),
    "eskerwick": ("Eskerwick Design Trust", "City of Eskerwick Council", "Eskerwick School of Art"),
    "palo-cenizo": ("Palo Cenizo City of Gastronomy", "Cenizo Film Commons"),
    "saint-aubrac": ("Ville de Saint-Aubrac", "École de l'Image de Saint-Aubrac"),
    "lovhamra": ("Lövhamra kommun", "Lövhamra Mathantverk"),
    "ribeira-alva": ("Câmara de Ribeira Alva", "Casa do Livro de Ribeira Alva"),
    "vallombra": ("Comune di Vallombra", "Vallombra Media Lab"),
    "": (
        "Filmskolen ved Fjorden",
        "Erhvervsrådet Midtfjord",
        "Museerne i Mosevig",
        "Studiefællesskabet Mejeriet",
    ),
}
TRAVELLERS: tuple[tuple[str, str, int], ...] = (
    ("To animatorer", "Two animators", 2),
    ("Fire elever fra filmskolen", "Four students from the film school", 4),
    ("En lyskunstner", "A light artist", 1),
    ("Tre spiludviklere", "Three game developers", 3),
    ("To bibliotekarer", "Two librarians", 2),
    ("Fem formidlere", "Five educators", 5),
    ("En manuskriptforfatter", "A scriptwriter", 1),
    ("To lærere", "Two teachers", 2),
    ("Seks unge kuratorer", "Six young curators", 6),
)

# (Danish, English, targets with the primary first, culture2030, reach, area)
SDG_ACTIONS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], int], ...] = (
    (
        "Animation som læringsredskab i folkeskolen",
        "Animation as a learning tool in schools",
        ("4.7", "4.4"),
        ("C2030-13", "C2030-15"),
        1450,
    ),
    (
        "Stop motion om klima i 5. klasse",
        "Stop motion about the climate in year 5",
        ("13.3", "4.7"),
        ("C2030-13",),
        620,
    ),
    (
        "Gratis filmværksted i Vesterbyen",
        "Free film workshop in the western district",
        ("10.2", "11.7"),
        ("C2030-18", "C2030-19"),
        340,
    ),
    (
        "Grøn drejebog for festivalen",
        "Green handbook for the festival",
        ("12.5", "13.2"),
        ("C2030-03",),
        28000,
    ),
    (
        "Mentorordning for kvinder i spilbranchen",
        "Mentoring for women in games",
        ("5.5", "8.5"),
        ("C2030-09",),
        46,
    ),
    (
        "Tegnefilm om trivsel for unge",
        "Animated films on young people's well-being",
        ("3.4",),
        ("C2030-18",),
        3100,
    ),
    (
        "Iværksætterforløb for nyuddannede",
        "Start-up course for graduates",
        ("8.3", "4.4"),
        ("C2030-06", "C2030-09"),
        58,
    ),
    ("Åbne studier for alle", "Open studios for everyone", ("11.4", "11.7"), ("C2030-04", "C2030-20"), 900),
    (
        "Energirenovering af det gamle mejeri",
        "Energy renovation of the old dairy",
        ("7.3", "11.4"),
        ("C2030-01",),
        0,
    ),
    ("Tegnefilm på tegnsprog", "Animated film in sign language", ("10.2", "4.5"), ("C2030-19",), 410),
    ("Animation på plejehjem", "Animation in care homes", ("3.4", "10.2"), ("C2030-18",), 260),
    (
        "Fælles etiske retningslinjer med partnerbyer",
        "Shared ethical guidelines with partner cities",
        ("17.17", "16.7"),
        ("C2030-22",),
        0,
    ),
    ("Genbrug af scenografi og udstyr", "Reuse of sets and equipment", ("12.5",), ("C2030-03",), 0),
    (
        "Elevfilm om vandmiljøet i fjorden",
        "Pupils' films on the water in the fjord",
        ("14.1", "4.7"),
        ("C2030-13",),
        530,
    ),
)

# (Danish, English, committee)
COUNCIL_CASES: tuple[Pair, ...] = (
    ("Handleplan for den kreative sektor", "Action plan for the creative sector"),
    ("Tilskud til Mosevig Animationsfestival", "Grant to Mosevig Animation Festival"),
    ("Årlig status for titlen som kreativ by", "Yearly status of the creative city title"),
    (
        "Anlægsbevilling til animationshuset i det gamle mejeri",
        "Capital grant for the animation house at the old dairy",
    ),
    ("Huslejetilskud til nystartede studier", "Rent support for new studios"),
    ("Animation på skoleskemaet", "Animation on the school timetable"),
    (
        "Kommunens bidrag til netværkets årskonference",
        "The municipality's part in the network's annual conference",
    ),
    ("Forslag om at nedlægge stillingen som koordinator", "Motion to abolish the coordinator's post"),
    ("Kulturpolitik for de kommende fire år", "Cultural policy for the next four years"),
    ("Medfinansiering af europæisk projekt", "Co-financing of a European project"),
    ("Fælles strategi med erhvervsrådet", "Joint strategy with the business council"),
    ("Lokalplan for kreative erhverv ved havnen", "Local plan for creative businesses at the harbour"),
    ("Besparelser på kulturområdet", "Savings on culture"),
    ("Opfølgning på midtvejsevalueringen af titlen", "Follow-up to the mid-term evaluation of the title"),
)
COMMITTEES: tuple[Pair, ...] = (
    ("Byrådet", "Council"),
    ("Kultur- og Fritidsudvalget", "Culture and Leisure Committee"),
    ("Økonomiudvalget", "Finance Committee"),
    ("Erhvervsudvalget", "Business Committee"),
)

# (Danish, English, level, country, giver)
AWARDS: tuple[Award, ...] = (
    (
        'Kortfilmen "Mosekonen" får prisen for bedste animation',
        'The short film "The Bog Woman" named best animation',
        "international",
        "FR",
        "Festival de l'Image Animée",
    ),
    (
        'Spillet "Tørvebyen" nomineret som årets debut',
        'The game "Peat Town" nominated as debut of the year',
        "national",
        "DK",
        "Dansk Spilforum",
    ),
    (
        "Biblioteket får formidlingsprisen",
        "The library receives the education prize",
        "national",
        "DK",
        "Foreningen af Folkebiblioteker i Midtfjord",
    ),
    (
        "Festivalen hædres for sit børneprogram",
        "The festival honoured for its children's programme",
        "international",
        "DE",
        "Hallbrücker Medienkunsttage",
    ),
    (
        "Iværksætterprisen til studie i det gamle mejeri",
        "Start-up prize to a studio at the old dairy",
        "local",
        "DK",
        "Erhvervsrådet Midtfjord",
    ),
    (
        "Elevfilm vinder juryens særpris",
        "Student film wins the jury's special prize",
        "international",
        "NO",
        "Fjordbilder Tegnefilmfestival",
    ),
    (
        "Årets kulturkommune: hæderlig omtale",
        "Culture municipality of the year: honourable mention",
        "national",
        "DK",
        "Kommunalt Tidsskrift",
    ),
    (
        "Lysinstallationen ved åen får byrumspris",
        "The light installation by the river wins a public space prize",
        "national",
        "DK",
        "Byrumsforeningen",
    ),
    (
        'Serien "Fjordfolk" vinder publikumsprisen',
        'The series "Fjord Folk" wins the audience award',
        "international",
        "CA",
        "Northern Shorts",
    ),
    (
        "Filmskolen får kvalitetsmærke",
        "The film school receives a quality mark",
        "international",
        "BE",
        "Europæisk Forum for Filmskoler",
    ),
    (
        'Debutfilmen "Tågehornet" får juryens pris',
        'The debut film "The Foghorn" receives the jury\'s prize',
        "international",
        "SE",
        "Lövhamra Matfilmdagar",
    ),
    (
        "Studiefællesskabet Mejeriet får hæder for sine lærlinge",
        "The studio community at the dairy honoured for its apprentices",
        "local",
        "DK",
        "Erhvervsrådet Midtfjord",
    ),
    (
        'Spillet "Sidste færge" vinder publikumsprisen',
        'The game "Last Ferry" wins the audience award',
        "international",
        "GB",
        "Eskerwick Design Week",
    ),
    (
        "Skoleforløbet i stop motion får læringsprisen",
        "The stop motion course for schools receives the learning prize",
        "national",
        "DK",
        "Foreningen Kultur og Skole",
    ),
    (
        "Animationsfilm om demens får sundhedsprisen",
        "Animated film on dementia receives the health prize",
        "national",
        "DK",
        "Midtfjord Kulturpulje",
    ),
    (
        "Plakatserien til festivalen udvalgt til udstilling",
        "The festival's poster series chosen for exhibition",
        "international",
        "CZ",
        "Animace na řece",
    ),
    (
        "Det gamle mejeri får arkitekturprisen",
        "The old dairy receives the architecture prize",
        "local",
        "DK",
        "Byrumsforeningen",
    ),
    (
        'Kortfilmen "Kniplingen" vinder i kategorien dokumentar',
        'The short film "The Lace" wins the documentary category',
        "international",
        "EE",
        "Baltic Frames",
    ),
    (
        "Filmskolens afgangshold får talentprisen",
        "The film school's graduating class receives the talent prize",
        "national",
        "DK",
        "Statens Animationspulje",
    ),
    (
        'Lyden til "Under broen" belønnet',
        'The sound of "Under the Bridge" rewarded',
        "international",
        "ES",
        "Festival del Dibujo Animado",
    ),
    (
        "Børnenes filmklub kåret til årets forening",
        "The children's film club named association of the year",
        "local",
        "DK",
        "Mosevig Tidende",
    ),
    (
        "Spilstudie får pris for tilgængelighed",
        "Game studio receives a prize for accessibility",
        "international",
        "IT",
        "Giornate dell'Animazione",
    ),
    (
        "Festivalens klimaregnskab fremhævet som forbillede",
        "The festival's carbon accounts held up as a model",
        "international",
        "DE",
        "Nordsøprogrammet for kultur",
    ),
    (
        'Tegneserien "Vadehavet" oversat og prisbelønnet',
        'The comic "The Wadden Sea" translated and awarded',
        "international",
        "PT",
        "Letras em Movimento",
    ),
)
