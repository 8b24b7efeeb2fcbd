# Deutsch, mit „du“.

## The card
footer = Wörtliche Zitate. Verbatim entscheidet nicht, wer recht hat.
read = Im Artikel lesen
read-whole = Ganz lesen
open-article = Artikel öffnen
headlines = Nächstliegende Schlagzeilen, die das nicht beantworten
no-articles = Es gibt noch keine Artikel, in denen ich suchen kann.
nothing = Ich habe keinen Artikel gefunden, der das beantwortet.
none-of-time = Aus dieser Zeit habe ich keine Artikel. Der neueste ist vom { $day }.
none-of-time-from = Aus dieser Zeit habe ich keine Artikel von { $names }. Der neueste von dort ist vom { $day }.
none-as-narrowed = Zu diesen Filtern habe ich keine Artikel.
in-part = gekürzt
no-date = ohne Datum
no-outlet = ohne Angabe des Mediums
long-address = Die Adresse des Artikels ist zu lang, um sie anzuzeigen.
corrected = korrigiert { $day }
updated = aktualisiert { $day }
kind-live = Liveblog
kind-video = Video
kind-excerpt = Auszug, der Rest ist für Abonnenten
weak-language = Mein Sprachmodell kann Englisch am besten: Antworten auf { $languages } sind womöglich schwach.
no-news-comes-in = Im Moment kommen keine neuen Nachrichten herein. Ich antworte aus dem, was ich hatte.
heading-reported = Berichtet
heading-denied = Bestritten
heading-no_comment = Kein Kommentar
heading-background = Hintergrund
heading-neutral = Was die Artikel sagen
disagree = Die Quellen widersprechen sich.
changed-reported = Berichtet am { $day }; zuvor bestritten.
changed-denied = Bestritten am { $day }; zuvor berichtet.
reported-by = Berichtet von { $names }.
denied-by = Bestritten von { $names }.
reported-and-denied = Berichtet von { $reported }; bestritten von { $denied }.
found-in = Gefunden bei { $names }.
more-names = { $number } weiteren
newest = neuester { $day }
newest-article = neuester Artikel { $day }
counted =
    { $number ->
        [one] { $number } Artikel
       *[other] { $number } Artikel
    }
counted-quoted =
    { $number ->
        [one] Zitate aus { $quoted } von { $number } Artikel
       *[other] Zitate aus { $quoted } von { $number } Artikeln
    }
shown-of = { $shown } von { $found } Zitaten gezeigt
searched = Durchsucht: { $what }
since = seit { $day }
until = bis { $day }
unmatched = Zu { $phrases } passte nichts, deshalb wurden alle Artikel durchsucht.
unmatched-filters = Zu den Filtern passte nichts, deshalb wurden alle Artikel durchsucht.
unmatched-partly = Zu { $phrases } passte nichts, deshalb habe ich ohne das gesucht.
time-unread = { $phrases } habe ich als Zeitangabe nicht verstanden, deshalb habe ich ohne das gesucht.
spelling-read = Ich habe { $read } gelesen.
spelling-pair = „{ $typed }“ als „{ $meant }“
first-of-several = Ich habe nur nach der ersten Frage gesucht. Stell die andere für sich.
following-on = Im Anschluss an: { $question }
citing = unter Berufung auf { $source }
also-in =
    { $number ->
        [one] auch in { $number } anderen Medium
       *[other] auch in { $number } anderen Medien
    }

## Small talk
small-talk-greeting = Hallo! Frag mich etwas zu den Nachrichten, zum Beispiel: Did Trump call Putin?
small-talk-thanks = Gern geschehen.
small-talk-identity = Ich bin Verbatim, ein Bot, der Fragen zu den Nachrichten mit wörtlichen Zitaten beantwortet.
small-talk-help = { help }
small-talk-opinion = Ich habe keine Meinung. Frag mich, was berichtet oder gesagt wurde, und ich zeige dir, wer es gesagt hat.
small-talk-future = Ich kann nicht in die Zukunft sehen. Frag mich, was bisher darüber berichtet oder gesagt wurde.

## Help
help = Frag mich etwas zu den Nachrichten, und ich zeige dir Wort für Wort, was Artikel dazu sagen: mit Medium, Sprecher, Datum und einem Link zum Satz. Ich schreibe nichts Eigenes und entscheide nicht, wer recht hat.
help-ask = `/{ name-ask } { option-question }` geht überall; mit `{ option-since }`, `{ option-until }` oder `{ option-outlet }` grenzt du die Suche ein, mit `{ option-private }` siehst nur du die Antwort.
help-mention = Erwähne mich in einem Kanal zusammen mit deiner Frage, oder antworte auf eine meiner Nachrichten: Eine Antwort darf sich auf deren Frage beziehen.
help-direct = Schreib mir eine Direktnachricht. Eine Frage darf sich auf die vorige beziehen: „And what did Kyiv say?“
help-check = Unter „Apps“ im Menü jeder Nachricht sucht „{ menu-check-the-news }“ nach der Behauptung darin.
help-privacy = Fragen werden nicht protokolliert.
ask-something = Was möchtest du wissen? Schreib deine Frage hinter meinen Namen oder nimm /{ name-ask }.

## What went wrong
wait-in-line = Gerade fragen sehr viele auf einmal. Du bist in der Warteschlange: Gleich steht hier deine Antwort.
error-busy = Gerade fragen sehr viele auf einmal. Versuch es in einer Minute noch einmal.
error-too-slow = Die Suche hat zu lange gedauert und wurde abgebrochen. Versuch es noch einmal, oder grenze sie mit { option-since }, { option-until } oder { option-outlet } ein.
error-stopping = Ich werde gerade neu gestartet. Versuch es in einer Minute noch einmal.
error-index-broken = Ich kann mein Archiv nicht lesen. Wer mich betreibt, sieht im Protokoll, warum.
error-index-busy = Ich komme gerade nicht an mein Archiv. Versuch es in einer Minute noch einmal.
error-index-unfinished = Ich lese meine Artikel noch ein: { $percent } % sind fertig. Frag mich in ein paar Minuten noch einmal.
error-store-away = Ich kann gerade nichts speichern: Meine Datenbank ist nicht erreichbar. Fragen kannst du mir weiter stellen. Versuch das hier in ein paar Minuten noch einmal.
error-store-unconfirmed = Meine Datenbank hat das nicht rechtzeitig bestätigt: Es kann gespeichert sein oder auch nicht. Sieh in ein paar Minuten nach, bevor du es noch einmal versuchst.
error-too-often =
    { $seconds ->
        [one] Du fragst schneller, als ich lesen kann. Warte bitte { $seconds } Sekunde.
       *[other] Du fragst schneller, als ich lesen kann. Warte bitte { $seconds } Sekunden.
    }
error-too-many-clicks =
    { $seconds ->
        [one] Du drückst sehr schnell auf Schaltflächen. Warte bitte { $seconds } Sekunde.
       *[other] Du drückst sehr schnell auf Schaltflächen. Warte bitte { $seconds } Sekunden.
    }
error-unknown-outlet = Von „{ $outlet }“ habe ich keine Artikel. Ich habe Artikel von { $known }; die Liste unter { option-outlet } zeigt alle.
error-no-outlets = Von „{ $outlet }“ habe ich keine Artikel. { no-articles }
error-question-empty = Das war eine leere Frage. Frag mit ein paar Worten, zum Beispiel: Did Trump call Putin?
error-question-long = Deine Frage hat { $length } Zeichen; ich lese höchstens { $most }. Stell sie in ein oder zwei Sätzen.
error-question-wordless = In dieser Frage habe ich keine Wörter gefunden. Frag mit ein paar Worten, zum Beispiel: Did Trump call Putin?
error-since-unreadable = Das Datum bei { option-since } kann ich nicht lesen: „{ $date }“. Schreib es wie 2024-11-10, 10. Nov. 2024, November 2024, gestern oder vor 2 Wochen.
error-until-unreadable = Das Datum bei { option-until } kann ich nicht lesen: „{ $date }“. Schreib es wie 2024-11-10, 10. Nov. 2024, November 2024, gestern oder vor 2 Wochen.
error-date-ambiguous = „{ $date }“ ist in London ein anderer Tag als in New York. Schreib es wie 2024-11-10.
error-dates-swapped = Zwischen { option-since } „{ $since }“ und { option-until } „{ $until }“ liegt nichts: Vertausche die beiden.
error-command-changed = Dieser Befehl hat sich geändert. Starte Discord neu, oder versuch es in einer Minute noch einmal.
went-wrong = Bei uns ist etwas schiefgegangen ({ $fault }). Versuch es bitte später noch einmal.
connection-broke = Meine Verbindung zu Discord ist abgerissen, bevor die Antwort da war. Frag bitte noch einmal.
may-not-write = In #{ $channel } darf ich nicht schreiben und kann deshalb dort nicht antworten. Frag mich hier, oder nimm /{ name-ask }.
may-not-write-there = In diesem Kanal darf ich nicht schreiben und kann deshalb dort nicht antworten. Frag mich hier, oder nimm /{ name-ask }.

## Feeds
feeds-added = Ab jetzt dabei: { $name }. In einer Minute kannst du nach den Artikeln fragen.
feeds-known = { $name } ist schon dabei.
feeds-removed = { $name } wird nicht mehr gelesen. Was davon kam, bleibt.
feeds-removed-here = { $name } wird hier nicht mehr gelesen, und seine Artikel erscheinen hier nicht mehr.
feeds-imported =
    { $number ->
        [one] { $number } Feed ist neu, { $known } waren schon dabei. Er wird in den nächsten Minuten gelesen.
       *[other] { $number } Feeds sind neu, { $known } waren schon dabei. Sie werden in den nächsten Minuten gelesen.
    }
feeds-none = Hier ist noch kein Feed dabei. Füge einen mit /{ name-feeds } { name-add } hinzu.
feeds-heading =
    { $number ->
        [one] { $number } Feed wird gelesen.
       *[other] { $number } Feeds werden gelesen.
    }
feeds-every =
    { $number ->
        [one] jede Minute gelesen
       *[other] alle { $number } Minuten gelesen
    }
feeds-paused = ausgesetzt, einmal am Tag versucht: { $reason }
feeds-failing = zuletzt nicht gelesen: { $reason }
feeds-flooding = kündigt mehr als { $number } Artikel am Tag an: gebremst, die übrigen fallen weg
feeds-whose = für { $names }
feeds-of-everybody = alle
feeds-of-server = den Server { $name }
feeds-of-person = die Person { $number }
feeds-lift = Für alle: { $name }
feeds-checked = Das habe ich gefunden:
feeds-items =
    { $number ->
        [one] { $number } Eintrag
       *[other] { $number } Einträge
    }
feeds-more =
    { $number ->
        [one] und { $number } weiterer Feed
       *[other] und { $number } weitere Feeds
    }
feeds-carried = Die neueste Seite konnte ich nicht abrufen; ich nehme den Text aus dem Feed.
feeds-broken = Diese Feeds sind immer noch kaputt. Ich pausiere sie und sehe einmal am Tag nach; /{ name-feeds } { name-add } startet einen wieder.
error-feeds-place = Für die Feeds eines Servers brauchst du dort die Berechtigung „Server verwalten“. Schreib mir privat, um Feeds nur für dich hinzuzufügen.
error-feeds-unknown = Dieser Feed ist nicht dabei: { $address }
error-feeds-others = { $name } antwortet überall; entfernen kann ihn nur, wer mich betreibt.
error-feeds-many = Mehr als { $number } Feeds dürfen hier nicht dazukommen. Entferne erst einen.
error-feeds-bad = „{ $address }“ kann ich nicht lesen: { $reason }
error-feeds-file = Die Liste darf höchstens { $megabytes } MB groß sein.
error-feeds-owner = Nur wer mich betreibt, kann einen Feed überall antworten lassen.
error-fetch-missing = Diese Seite gibt es bei { $host } nicht.
error-fetch-denied = { $host } verweigert uns diese Seite.
error-fetch-wait = { $host } bittet uns zu warten, bevor wir wieder fragen.
error-fetch-failing = { $host } hat gerade eine Störung.
error-fetch-odd = { $host } hat ohne eine Seite geantwortet.
error-fetch-large = { $host } schickte mehr als { $megabytes } MB; so groß ist nichts, was hier gelesen wird.
error-fetch-private = { $host } führt zu einer privaten oder reservierten Adresse; die wird nie abgerufen.
error-fetch-slow = { $host } hat nicht rechtzeitig geantwortet.
error-fetch-nowhere = Es gibt keine Seite namens { $host }, oder ihr Name lässt sich gerade nicht nachschlagen.
error-fetch-certificate = { $host } hat kein gültiges Zertifikat.
error-fetch-unreachable = { $host } ist nicht zu erreichen.
error-fetch-broken = { $host } hat abgebrochen oder eine beschädigte Antwort geschickt.
error-fetch-no-site = { $host } antwortet nicht wie eine Webseite.
error-fetch-robots = { $host } verbietet Robotern, diese Seite abzurufen (robots.txt).
error-fetch-rules = { $host } gibt seine robots.txt gerade nicht heraus; deshalb wird dort nichts abgerufen.
error-fetch-circles = { $host } leitet endlos weiter.
error-fetch-address = „{ $address }“ ist keine Webadresse: Sie beginnt mit http:// oder https://
error-feed-none = Das ist kein Feed: weder RSS noch Atom, JSON Feed, Sitemap oder eine Seite, die einen nennt.
error-feed-page = Das ist eine Webseite, die keinen Feed nennt; such dort nach einer Adresse für RSS oder Atom.
error-feed-page-now = Das ist jetzt eine Webseite; füge ihren Feed neu hinzu.
error-feed-lead = Das ist eine Webseite, und was sie als ihren Feed nennt, ist keiner.
error-feed-empty = Die Antwort ist leer.
error-feed-list = Das ist eine Liste von Feeds (OPML); gib sie /{ name-feeds } { name-import }.
error-feed-page-broken = Das ist eine Webseite, die sich nicht lesen lässt.
error-feed-json-broken = Das ist JSON, aber beschädigt.
error-feed-json-other = Das ist JSON, aber kein JSON Feed.
error-feed-packed = Das ist gepackt (gzip) und beschädigt.
error-feed-large = Entpackt ist das größer als { $megabytes } MB.
error-feed-markup = Der Feed ist zu beschädigt, um ihn zu lesen.
error-feed-sitemap-broken = Das ist eine Sitemap, deren XML sich nicht lesen lässt.
error-feed-address = Die Adresse eines Feeds beginnt mit http:// oder https://.
error-feed-most = Es sind schon { $number } Feeds dabei. Entferne erst einige.
error-opml-large = Die Datei ist größer als { $megabytes } MB.
error-opml-broken = Diese Datei kann ich nicht lesen: Sie ist keine Liste von Feeds (OPML), oder sie ist beschädigt. Feedreader exportieren solche Listen.
error-opml-empty = In dieser Liste steht kein Feed.
error-fetch-kind = { $host } hat { $media } geschickt, und das ist keine Seite.
error-fetch-user = In der Adresse steht ein Benutzername; lass alles bis zum @ weg.
error-fetch-port = { $host } soll auf Port { $port } gefragt werden; ich rufe nur von 80 und 443 ab.

## Commands: descriptions up to 100 characters; names of options up to 32, small letters, no spaces
name-ask = fragen
name-quote = zitat
name-brief = überblick
name-settings = einstellungen
name-follow = verfolgen
name-following = verfolgte
name-daily = täglich
name-help = hilfe
name-about = über
name-outlets = medien
name-privacy = datenschutz
name-feeds = feeds
name-add = hinzufügen
name-list = liste
name-remove = entfernen
name-check = prüfen
name-import = importieren
name-export = exportieren
command-ask = Stell eine Frage zu den Nachrichten und bekomme wörtliche Zitate.
command-ask-question = Was du wissen möchtest
command-ask-since = Nur Artikel ab dann: 2024-11-01, letzte Woche, vor 3 Stunden
command-ask-until = Nur Artikel bis dahin, dieser Tag eingeschlossen
command-ask-outlet = Nur Artikel dieses Mediums
command-ask-private = Nur du siehst die Antwort
command-help = Was dieser Bot macht und wie du ihn fragst.
option-question = frage
option-since = seit
option-until = bis
option-outlet = medium
option-private = privat
command-feeds = Die Feeds der Medien, aus denen die Nachrichten kommen
command-feeds-add = Ein Medium hinzufügen: seinen Feed oder die Seite, die ihn nennt
command-feeds-add-address = Die Adresse des Feeds oder der Seite
command-feeds-list = Welche Feeds gelesen werden und wie es um sie steht
command-feeds-remove = Einen Feed nicht mehr lesen; was er hierher gebracht hat, verschwindet mit ihm
command-feeds-remove-address = Die Adresse des Feeds
command-feeds-check = Einen Feed jetzt ansehen und sagen, was ihm fehlt
command-feeds-check-address = Die Adresse des Feeds; ohne sie alle, die hier hinzugefügt wurden
command-feeds-import = Alle Feeds einer OPML-Liste hinzufügen
command-feeds-import-file = Die Liste, wie Feedreader sie ausgeben
command-feeds-export = Die gelesenen Feeds als OPML-Liste
option-address = adresse
option-file = datei

## Buttons under a card: keep them short
more-quotes = Mehr Zitate ({ $number })
context = Kontext
timeline = Zeitverlauf
newest-first = Neueste zuerst
share = Teilen
previous-page = Zurück
next-page = Weiter

## What the buttons show
page-more = Weitere Zitate
page-context = Die Sätze drumherum
page-timeline = Zeitverlauf: das Älteste zuerst
page-newest = Das Neueste zuerst
range = { $first }–{ $last } von { $number }
gone =
    { $number ->
        [one] { $number } Zitat fehlt: Sein Artikel ist nicht mehr im Index, enthält den Satz nicht mehr oder gehört nicht zu deinen Nachrichten.
       *[other] { $number } Zitate fehlen: Ihre Artikel sind nicht mehr im Index, enthalten die Sätze nicht mehr oder gehören nicht zu deinen Nachrichten.
    }
all-gone = Die Artikel sind nicht mehr im Index oder enthalten diese Sätze nicht mehr. Frag noch einmal, dann zeige ich, was es jetzt gibt.
error-forgotten = An diese Antwort erinnere ich mich nicht mehr. Frag noch einmal, dann zeige ich, was es jetzt gibt.
error-gone = Ein Artikel auf dieser Karte ist nicht mehr im Index, deshalb zeige ich sie anderen nicht. Frag noch einmal, dann zeige ich, was es jetzt gibt.
error-elsewhere = Diese Zitate kommen aus Feeds, die nicht zu deinen Nachrichten gehören: Sie antworten auf einem anderen Server oder für jemand anderen. Frag mich selbst, dann zeige ich, was es für dich gibt.
error-may-not-share = Einer von uns darf hier nicht schreiben, also bleibt es unter uns.
error-crowded-server =
    { $seconds ->
        [one] Auf diesem Server fragen gerade viele. Warte bitte { $seconds } Sekunde.
       *[other] Auf diesem Server fragen gerade viele. Warte bitte { $seconds } Sekunden.
    }
shared-by = Geteilt von { $person }

## Feedback: title and labels up to 45 characters
thanks-up = Danke, ist notiert.
thanks-down = Danke. Notiert, mit der Frage und deinem Grund.
why-title = Was stimmt an dieser Antwort nicht?
why-reason = Was stimmt nicht?
why-words = Möchtest du etwas ergänzen?
why-who = Wer diesen Bot betreibt, liest das zusammen mit der Frage. Dein Name wird nicht gespeichert.
why-off_topic = Die Zitate beantworten die Frage nicht
why-out_of_context = Ein Zitat ist aus dem Zusammenhang gerissen
why-wrong_speaker = Die falsche Person oder das falsche Medium ist genannt
why-wrong_side = „Berichtet“ und „Bestritten“ sind vertauscht
why-missing = Eine Quelle fehlt, die ich kenne
why-outdated = Sie ist veraltet
why-other = Etwas anderes

## Check the news: title and labels up to 45 characters
menu-check-the-news = Nachrichten prüfen
check-title = Nachrichten prüfen
check-question = Wonach soll ich suchen?
check-hint = Die Worte der Nachricht, eine Behauptung pro Zeile. Kürze sie auf das, woran du zweifelst.
check-hint-more = Die ersten Behauptungen einer längeren Nachricht, eine pro Zeile. Behalte die fraglichen.
check-placeholder = Hat Trump Putin angerufen?
check-private = Nur ich sehe die Antwort
checked = Geprüft: { $place }
check-others = Nicht Teil dieser Antwort: { $claims }. Prüfe sie einzeln.
check-hidden = Discord zeigt mir die Worte dieser Nachricht nicht. Öffne ihr Menü, dann „Apps“ und „{ menu-check-the-news }“: So kann ich sie lesen.
check-which = Welche Behauptung meinst du? Schreib sie aus, oder öffne das Menü der Nachricht, dann „Apps“ und „{ menu-check-the-news }“.
link-alone = Links öffne ich nicht. Schreib, was du dazu wissen willst, oder welche Behauptung dort steht.

## /quote
command-quote = Füg Worte ein, die jemand gesagt haben soll, und sieh, in welchem Artikel sie stehen.
command-quote-words = Die Worte, wie sie weitergegeben wurden
command-quote-outlet = Nur Artikel dieses Mediums
command-quote-private = Nur du siehst die Antwort
option-words = worte
quotation-exact = Genau diese Worte stehen in einem Artikel.
quotation-nearly = Fast genau diese Worte stehen in einem Artikel; die Unterschiede sind markiert.
quotation-nothing = Diese Worte stehen in keinem Artikel, den ich habe.
quotation-nothing-in = Diese Worte stehen in keinem Artikel von { $names }. Anderswo habe ich nicht gesucht.
quotation-footer = Das heißt nicht, dass niemand sie gesagt hat: Ich kenne nur die Artikel, die man mir gegeben hat.
differs = „{ $given }“ lautet im Artikel „{ $article }“
added = „{ $given }“ steht nicht im Artikel
left-out = im Artikel steht hier noch „{ $article }“
more-differences =
    { $number ->
        [one] und { $number } weiterer Unterschied
       *[other] und { $number } weitere Unterschiede
    }
error-quotation-short = Gib mir mindestens { $least } Wörter davon, so wie sie weitergegeben wurden.
error-quotation-long = Diese Worte haben { $length } Zeichen; ich lese höchstens { $most }. Gib mir nur den Satz selbst.

## /brief
command-brief = Worüber die Medien in den letzten 24 Stunden am meisten berichtet haben, je in einem Satz daraus.
command-brief-outlet = Nur Themen dieses Mediums
command-brief-private = Nur du siehst die Antwort
brief-title = Worüber am meisten berichtet wird
brief-until = Die 24 Stunden bis { $day }
brief-nothing = Aus den letzten 24 Stunden habe ich keine Artikel.
brief-outlets = { $number } Medien: { $names }
brief-footer = Jedes Thema erzählt ein wörtlicher Satz aus einem Artikel. Kopien desselben Textes zählen einmal.

## /outlets, /about, /privacy
command-outlets = Welche Medien durchsucht werden und wie aktuell sie sind.
outlets-title = Was ich durchsuche
command-about = Was dieser Bot ist und was nicht.
about-how = Hier schreibt kein Sprachmodell. Ich durchsuche die Artikel, die man mir gegeben hat, und zeige Sätze daraus; jedes Zitat ist aus dem gespeicherten Artikel ausgeschnitten, und sein Link öffnet den Artikel an dieser Stelle.
about-version = Verbatim { $version } · freie Software unter der MIT-Lizenz
command-privacy = Was über dich gespeichert ist und wie du es löschst.
command-privacy-erase = Lösche jetzt alles, was über dich gespeichert ist
option-erase = löschen
privacy-title = Was ich speichere
privacy-questions = Deine Fragen: werden weder gespeichert noch protokolliert. In Direktnachrichten merke ich mir die letzte zehn Minuten lang, damit sich die nächste darauf beziehen kann.
privacy-answers = Von einer Antwort: welche Zitate sie gezeigt hat, für ihre Buttons, ohne die Frage und ohne dich. Einen Monat lang: die Nummern der Nachrichten mit Frage und Antwort, damit die Antwort verschwindet, wenn die Frage gelöscht wird.
privacy-feedback = Deine Daumen: ohne deinen Namen und deine ID, mit einem Code, der bei jeder Antwort ein anderer ist. Bei 👎 mit Grund auch die Frage und was du dazu schreibst.
privacy-follows = Was du verfolgst: die Frage, deine ID, der Kanal und welche Zitate gepostet wurden.
privacy-daily = Deine täglichen Überblicke: deine ID, der Kanal, in den sie kommen, oder dass sie privat kommen, die Stunde, die Zeitzone und die Sprache.
privacy-feeds = Feeds, die du privat hinzugefügt hast: ihre Adressen und deine ID, solange sie dabei sind.
privacy-erase = `/{ name-privacy } { option-erase }` löscht alles, was davon zu dir gehört.
privacy-erased = Gelöscht: alles, was ich über dich gespeichert hatte.
privacy-owner = All das liegt auf dem Computer der Person, die diesen Bot betreibt. Für das, was du auf Discord schreibst, hat Discord eigene Regeln.

## More help
help-quote = `/{ name-quote } { option-words }`: Füg Worte ein, die jemand gesagt haben soll, und sieh, ob sie in einem Artikel stehen.
help-brief = `/{ name-brief }` zeigt, worüber die Medien in den letzten 24 Stunden am meisten berichtet haben.
help-follow = `/{ name-follow } { option-question }` sagt dir oder einem Kanal Bescheid, wenn ein neuer Artikel die Frage beantwortet.
help-daily = `/{ name-daily } { option-hour } { option-zone }` schickt dir oder einem Kanal diesen Überblick jeden Tag. `/{ name-following }` zeigt und beendet, was du bekommst.
help-outlets = `/{ name-outlets }` zeigt, was durchsucht wird, `/{ name-privacy }`, was über dich gespeichert ist und wie du es löschst.
help-settings = `/{ name-settings }` und `/{ name-feeds }` sind für alle, die einen Server verwalten: seine Medien, Sprache und Kanäle, und woher die Nachrichten kommen.
help-feeds = `/{ name-feeds } { name-add }` in einer Direktnachricht fügt ein Medium nur für dich hinzu, bis zu 20.

## /settings
command-settings = Was auf diesem Server gilt: Medien, Privatsphäre, Sprache, Kanäle, Grenzen.
settings-title = Einstellungen dieses Servers
settings-outlets = Medien, aus denen Antworten kommen
settings-outlets-all = Alle Medien
settings-outlets-none = Keins auf dieser Seite
settings-private = Wer die Antwort auf einen Befehl sieht, wenn nichts anderes gewählt wird
settings-private-no = Alle
settings-private-yes = Nur wer fragt
settings-language = Sprache, in der ich öffentlich spreche
settings-language-auto = Die des Servers
settings-channels = Kanäle, in denen ich von mir aus zu verfolgten Fragen posten darf
settings-channels-all = Alle Kanäle, in denen ich schreiben darf
settings-follows = Wie viele Fragen auf diesem Server verfolgt werden dürfen
settings-daily = Wie viele Posts jede davon am Tag bringen darf
settings-footer = Jede Auswahl gilt sofort. Wer welchen Befehl benutzen darf: Servereinstellungen, Integrationen.
error-not-manager = Dafür brauchst du die Berechtigung „Server verwalten“.

## /follow, /following, /daily
command-follow = Erfahre hier oder privat, wenn ein neuer Artikel eine Frage beantwortet.
command-follow-question = Wovon du erfahren möchtest
command-follow-private = Privat statt in diesem Kanal
command-following = Was du verfolgst: ansehen, ändern, beenden.
command-daily = Jeden Tag ein Überblick: worüber die Medien am meisten berichten, hier oder privat.
command-daily-hour = Zu welcher Stunde, 0 bis 23
command-daily-zone = In welcher Zeitzone; tippe den Namen einer großen Stadt
command-daily-private = Privat statt in diesem Kanal
option-hour = stunde
option-zone = zeitzone
followed-private = Ab jetzt suche ich in jedem neuen Artikel nach „{ $question }“ und schicke dir privat, was ich finde. `/{ name-following }` beendet es.
followed-channel = Ab jetzt suche ich in jedem neuen Artikel nach „{ $question }“ und poste in { $channel }, was ich finde. `/{ name-following }` beendet es.
follow-not-here = In diesem Kanal können mich nur Leute mit der Berechtigung „Nachrichten verwalten“ posten lassen; deshalb schreibe ich dir privat.
daily-set = Eingestellt. Der erste Überblick kommt { $when }; `/{ name-following }` beendet ihn.
follow-new = Neu zu „{ $question }“ von { $names }: { $words }
daily-line = Der Überblick des Tages. { $outlet }: { $words }
correction-title = Korrektur
correction-line = { $outlet } hat einen Artikel geändert, den ich zitiert habe.
correction-now = Der Satz lautet jetzt:
correction-gone = Der Satz, den ich zitiert habe, steht nicht mehr im Artikel.
following-title = Was verfolgt wird
following-none = Noch nichts. Mit `/{ name-follow } { option-question }` geht es los.
following-in = in { $channel }
following-private = privat
following-rests = pausiert, weil ich dort nicht schreiben darf
following-daily = Überblick jeden Tag um { $hour } ({ $zone })
following-edit = Eine Frage ändern
following-edit-title = Wonach soll ich suchen?
following-end = Etwas davon beenden
following-footer = Ich poste nur, wenn es neue Zitate gibt, und nie öfter, als es die Servereinstellungen erlauben.
error-follow-small-talk = Das ist keine Frage zu den Nachrichten, die ich verfolgen könnte.
error-too-many-follows = Du verfolgst schon { $most } Fragen. Beende erst eine mit /{ name-following }.
error-server-follows = Dieser Server verfolgt schon so viele Fragen, wie seine Einstellungen erlauben ({ $most }).
error-follow-elsewhere = Die Einstellungen dieses Servers lassen mich in diesem Kanal nicht von mir aus posten. Wer den Server verwaltet, kann das mit /{ name-settings } ändern. Oder wähle { option-private }: Dann sage ich dir per Direktnachricht Bescheid.
error-follow-mute = In diesem Kanal darf ich nicht schreiben. Wer den Server verwaltet, muss mir hier „Kanal anzeigen“ und „Nachrichten senden“ erlauben. Oder wähle { option-private }: Dann sage ich dir per Direktnachricht Bescheid.
error-follow-gone = Das wird nicht mehr verfolgt, oder nicht von dir.
error-zone-unknown = Die Zeitzone „{ $zone }“ kenne ich nicht. Wähle eine aus der Liste, zum Beispiel Europe/Berlin.
