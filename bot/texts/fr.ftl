# Français, avec « tu », comme Discord.

## The card
footer = Citations mot pour mot. Verbatim ne décide pas qui a raison.
read = Lire dans l’article
read-whole = Lire en entier
open-article = Ouvrir l’article
headlines = Titres les plus proches, qui n’y répondent pas
no-articles = Il n’y a pas encore d’articles où chercher.
nothing = Je n’ai trouvé aucun article qui réponde à cette question.
none-of-time = Je n’ai aucun article de cette période. Le plus récent date du { $day }.
none-of-time-from = Je n’ai aucun article de cette période chez { $names }. Le plus récent y date du { $day }.
none-as-narrowed = Je n’ai aucun article qui corresponde à ces filtres.
in-part = extrait
no-date = sans date
no-outlet = média non indiqué
long-address = L’adresse de l’article est trop longue pour être affichée.
corrected = corrigé le { $day }
updated = mis à jour le { $day }
kind-live = direct
kind-video = vidéo
kind-excerpt = extrait, la suite est réservée aux abonnés
weak-language = Mon modèle de langage connaît surtout l’anglais : les réponses en { $languages } peuvent être faibles.
no-news-comes-in = Aucune nouvelle n’arrive en ce moment. Je réponds avec ce que j’avais.
heading-reported = Rapporté
heading-denied = Démenti
heading-no_comment = Sans commentaire
heading-background = Arrière-plan
heading-neutral = Ce que disent les articles
disagree = Les sources se contredisent.
changed-reported = Rapporté le { $day } ; démenti auparavant.
changed-denied = Démenti le { $day } ; rapporté auparavant.
reported-by = Rapporté par { $names }.
denied-by = Démenti par { $names }.
reported-and-denied = Rapporté par { $reported } ; démenti par { $denied }.
found-in = Trouvé dans { $names }.
more-names =
    { $number ->
        [one] { $number } autre
       *[other] { $number } autres
    }
newest = le plus récent : { $day }
newest-article = article le plus récent : { $day }
counted =
    { $number ->
        [one] { $number } article
       *[other] { $number } articles
    }
counted-quoted =
    { $number ->
        [one] citations tirées de { $quoted } article sur { $number }
       *[other] citations tirées de { $quoted } articles sur { $number }
    }
shown-of = { $shown } citations affichées sur { $found }
searched = Recherche : { $what }
since = depuis le { $day }
until = jusqu’au { $day }
unmatched = Rien ne correspondait à { $phrases } : la recherche a porté sur tous les articles.
unmatched-filters = Rien ne correspondait aux filtres : la recherche a porté sur tous les articles.
unmatched-partly = Rien ne correspondait à { $phrases } : j’ai cherché sans en tenir compte.
time-unread = Je n’ai pas compris { $phrases } comme une date : j’ai cherché sans en tenir compte.
spelling-read = J’ai lu { $read }.
spelling-pair = « { $meant } » au lieu de « { $typed } »
first-of-several = Je n’ai cherché que la première question. Pose l’autre à part.
following-on = Suite de : { $question }
citing = citant { $source }
also-in =
    { $number ->
        [one] aussi dans { $number } autre média
       *[other] aussi dans { $number } autres médias
    }

## Small talk
small-talk-greeting = Salut ! Pose-moi une question sur l’actualité, par exemple : Did Trump call Putin?
small-talk-thanks = Avec plaisir.
small-talk-identity = Je suis Verbatim, un bot qui répond aux questions sur l’actualité par des citations mot pour mot.
small-talk-help = { help }
small-talk-opinion = Je n’ai pas d’opinion. Demande-moi ce qui a été rapporté ou dit, et je montre qui l’a dit.
small-talk-future = Je ne peux pas prédire l’avenir. Demande-moi ce qui en a été rapporté ou dit jusqu’ici.

## Help
help = Pose-moi une question sur l’actualité et je montre ce que disent les articles, mot pour mot, avec le média, la personne citée, la date et un lien vers la phrase. Je n’écris rien de moi-même et je ne décide pas qui a raison.
help-ask = `/{ name-ask } { option-question }` fonctionne partout ; ajoute `{ option-since }`, `{ option-until }` ou `{ option-outlet }` pour préciser, `{ option-private }` pour être la seule personne à voir la réponse.
help-mention = Mentionne-moi dans un salon avec ta question, ou réponds à l’un de mes messages : une réponse peut s’appuyer sur sa question.
help-direct = Envoie-moi un message privé. Une question peut s’appuyer sur la précédente : « And what did Kyiv say? »
help-check = Sous « Applications » dans le menu de n’importe quel message, « { menu-check-the-news } » cherche l’affirmation qu’il contient.
help-privacy = Les questions ne sont pas consignées.
ask-something = Que veux-tu savoir ? Écris ta question après mon nom, ou utilise /{ name-ask }.

## What went wrong
wait-in-line = Beaucoup de monde pose des questions en même temps. Tu es dans la file : ta réponse arrive ici dans un instant.
error-busy = Beaucoup de monde pose des questions en même temps. Réessaie dans une minute.
error-too-slow = La recherche a pris trop de temps et a été abandonnée. Réessaie, ou précise-la avec { option-since }, { option-until } ou { option-outlet }.
error-stopping = Je redémarre. Réessaie dans une minute.
error-index-broken = Je ne peux pas lire mes archives. La personne qui me gère peut en voir la raison dans le journal.
error-index-busy = Je n’ai pas accès à mes archives en ce moment. Réessaie dans une minute.
error-index-unfinished = J’indexe encore mes articles : { $percent } % sont prêts. Réessaie dans quelques minutes.
error-store-away = Je ne peux rien enregistrer en ce moment : ma base de données est injoignable. Tu peux toujours me poser des questions. Réessaie ceci dans quelques minutes.
error-store-unconfirmed = Ma base de données ne l’a pas confirmé à temps : c’est peut-être enregistré, peut-être pas. Vérifie dans quelques minutes avant de réessayer.
error-too-often =
    { $seconds ->
        [one] Tu poses tes questions plus vite que je ne lis. Patiente { $seconds } seconde.
       *[other] Tu poses tes questions plus vite que je ne lis. Patiente { $seconds } secondes.
    }
error-too-many-clicks =
    { $seconds ->
        [one] Tu appuies très vite sur les boutons. Patiente { $seconds } seconde.
       *[other] Tu appuies très vite sur les boutons. Patiente { $seconds } secondes.
    }
error-unknown-outlet = Je n’ai aucun article de « { $outlet } ». J’ai { $known } ; la liste sous { option-outlet } les montre tous.
error-no-outlets = Je n’ai aucun article de « { $outlet } ». { no-articles }
error-question-empty = Cette question était vide. Écris quelques mots, par exemple : Did Trump call Putin?
error-question-long = Ta question compte { $length } caractères ; j’en lis { $most } au plus. Pose-la en une ou deux phrases.
error-question-wordless = Je n’ai trouvé aucun mot dans cette question. Écris quelques mots, par exemple : Did Trump call Putin?
error-since-unreadable = Je ne comprends pas la date de { option-since } : « { $date } ». Écris-la ainsi : 2024-11-10, 10 nov. 2024, novembre 2024, hier ou il y a 2 semaines.
error-until-unreadable = Je ne comprends pas la date de { option-until } : « { $date } ». Écris-la ainsi : 2024-11-10, 10 nov. 2024, novembre 2024, hier ou il y a 2 semaines.
error-date-ambiguous = « { $date } » n’est pas le même jour à Londres et à New York. Écris la date ainsi : 2024-11-10.
error-dates-swapped = Il n’y a rien entre { option-since } « { $since } » et { option-until } « { $until } » : inverse les deux.
error-command-changed = Cette commande a changé. Redémarre Discord, ou réessaie dans une minute.
went-wrong = Un problème est survenu de notre côté ({ $fault }). Réessaie plus tard.
connection-broke = Ma connexion à Discord s’est coupée avant que la réponse ne s’affiche. Pose ta question de nouveau.
may-not-write = Je n’ai pas le droit d’écrire dans #{ $channel }, je ne peux donc pas y répondre. Pose ta question ici, ou utilise /{ name-ask }.
may-not-write-there = Je n’ai pas le droit d’écrire dans ce salon, je ne peux donc pas y répondre. Pose ta question ici, ou utilise /{ name-ask }.

## Feeds
feeds-added = Suivi dès maintenant : { $name }. Dans une minute, tu pourras poser des questions sur ses articles.
feeds-known = { $name } est déjà suivi.
feeds-removed = { $name } n’est plus suivi. Ce qu’il a apporté reste.
feeds-removed-here = { $name } n’est plus suivi ici, et ses articles n’y répondent plus.
feeds-imported =
    { $number ->
        [one] { $number } flux est nouveau, { $known } étaient déjà suivis. Il sera lu dans les prochaines minutes.
       *[other] { $number } flux sont nouveaux, { $known } étaient déjà suivis. Ils seront lus dans les prochaines minutes.
    }
feeds-none = Aucun flux n’est encore suivi ici. Ajoutes-en un avec /{ name-feeds } { name-add }.
feeds-heading =
    { $number ->
        [one] { $number } flux est suivi.
       *[other] { $number } flux sont suivis.
    }
feeds-every =
    { $number ->
        [one] consulté chaque minute
       *[other] consulté toutes les { $number } minutes
    }
feeds-paused = en pause, consulté une fois par jour : { $reason }
feeds-failing = pas lu la dernière fois : { $reason }
feeds-flooding = annonce plus de { $number } articles par jour : ralenti, les autres sont laissés de côté
feeds-whose = pour { $names }
feeds-of-everybody = tout le monde
feeds-of-server = le serveur { $name }
feeds-of-person = la personne { $number }
feeds-lift = Pour tous : { $name }
feeds-checked = Voici ce que j’ai trouvé :
feeds-items =
    { $number ->
        [one] { $number } entrée
       *[other] { $number } entrées
    }
feeds-more =
    { $number ->
        [one] et { $number } autre flux
       *[other] et { $number } autres flux
    }
feeds-carried = La page la plus récente est inaccessible ; le texte fourni par le flux est repris.
feeds-broken = Ces flux restent en panne. Je les mets en pause et les consulte une fois par jour ; /{ name-feeds } { name-add } en reprend un.
error-feeds-place = Pour les flux d’un serveur, il te faut y avoir la permission « Gérer le serveur ». Écris-moi en privé pour suivre des flux pour toi seul.
error-feeds-unknown = Ce flux n’est pas suivi : { $address }
error-feeds-others = { $name } répond partout ; seule la personne qui gère ce bot peut le retirer.
error-feeds-many = On peut ajouter { $number } flux ici, pas davantage. Retires-en un d’abord.
error-feeds-bad = Je ne peux pas suivre « { $address } » : { $reason }
error-feeds-file = La liste peut faire { $megabytes } Mo au plus.
error-feeds-owner = Seule la personne qui gère ce bot peut laisser un flux répondre partout.
error-fetch-missing = { $host } n’a pas cette page.
error-fetch-denied = { $host } refuse de nous donner cette page.
error-fetch-wait = { $host } nous demande d’attendre avant de redemander.
error-fetch-failing = { $host } est en panne en ce moment.
error-fetch-odd = { $host } a répondu sans envoyer de page.
error-fetch-large = { $host } a envoyé plus de { $megabytes } Mo ; rien de ce qui est lu ici n’est aussi gros.
error-fetch-private = { $host } mène à une adresse privée ou réservée, qui n’est jamais consultée.
error-fetch-slow = { $host } n’a pas répondu à temps.
error-fetch-nowhere = Il n’y a pas de site nommé { $host }, ou son nom est introuvable en ce moment.
error-fetch-certificate = { $host } n’a pas de certificat valide.
error-fetch-unreachable = { $host } est injoignable.
error-fetch-broken = { $host } s’est interrompu ou a envoyé une réponse abîmée.
error-fetch-no-site = { $host } ne répond pas comme un site web.
error-fetch-robots = { $host } interdit cette page aux robots (robots.txt).
error-fetch-rules = { $host } ne donne pas son robots.txt en ce moment ; rien n’y est donc consulté.
error-fetch-circles = { $host } redirige en boucle.
error-fetch-address = « { $address } » n’est pas une adresse web : elle commence par http:// ou https://
error-feed-none = ce n’est pas un flux : ni RSS, ni Atom, ni JSON Feed, ni plan de site, ni page qui en indique un
error-feed-page = c’est une page web, et elle n’indique aucun flux ; cherches-y une adresse RSS ou Atom
error-feed-page-now = c’est maintenant une page web ; ajoute de nouveau son flux
error-feed-lead = c’est une page web, et ce qu’elle indique comme flux n’en est pas un
error-feed-empty = la réponse est vide
error-feed-list = c’est une liste de flux (OPML) ; donne-la à /{ name-feeds } { name-import }
error-feed-page-broken = c’est une page web illisible
error-feed-json-broken = c’est du JSON, mais endommagé
error-feed-json-other = c’est du JSON, mais pas un JSON Feed
error-feed-packed = c’est compressé (gzip) et endommagé
error-feed-large = décompressé, cela dépasse { $megabytes } Mo
error-feed-markup = son balisage est trop endommagé pour être lu
error-feed-sitemap-broken = c’est un plan de site dont le XML est illisible
error-feed-address = L’adresse d’un flux commence par http:// ou https://.
error-feed-most = { $number } flux sont déjà suivis. Supprimes-en d’abord.
error-opml-large = Le fichier dépasse { $megabytes } Mo.
error-opml-broken = Je ne peux pas lire ce fichier : ce n’est pas une liste de flux (OPML), ou il est endommagé. Les lecteurs de flux exportent de telles listes.
error-opml-empty = Il n’y a aucun flux dans cette liste.
error-fetch-kind = { $host } a envoyé { $media }, ce qui n’est pas une page.
error-fetch-user = L’adresse contient un nom d’utilisateur ; enlève tout jusqu’à l’@.
error-fetch-port = L’adresse vise le port { $port } de { $host } ; je n’utilise que 80 et 443.

## Commands: descriptions up to 100 characters; names of options up to 32, small letters, no spaces
name-ask = demander
name-quote = citation
name-brief = résumé
name-settings = paramètres
name-follow = suivre
name-following = suivis
name-daily = quotidien
name-help = aide
name-about = à-propos
name-outlets = médias
name-privacy = confidentialité
name-feeds = flux
name-add = ajouter
name-list = liste
name-remove = retirer
name-check = vérifier
name-import = importer
name-export = exporter
command-ask = Pose une question sur l’actualité et obtiens des citations mot pour mot.
command-ask-question = Ce que tu veux savoir
command-ask-since = Seulement les articles depuis : 2024-11-01, la semaine dernière, il y a 3 heures
command-ask-until = Seulement les articles jusqu’à ce jour inclus
command-ask-outlet = Seulement les articles de ce média
command-ask-private = La réponse n’est visible que par toi
command-help = Ce que fait ce bot, et comment lui poser une question.
option-question = question
option-since = depuis
option-until = jusqu'à
option-outlet = média
option-private = privé
command-feeds = Les flux des médias d’où viennent les nouvelles
command-feeds-add = Suivre un média : son flux, ou le site qui l’indique
command-feeds-add-address = L’adresse du flux ou du site
command-feeds-list = Quels flux sont suivis, et comment ils se portent
command-feeds-remove = Ne plus suivre un flux ; ce qu’il a apporté ici disparaît avec lui
command-feeds-remove-address = L’adresse du flux
command-feeds-check = Consulter un flux maintenant et dire ce qui ne va pas
command-feeds-check-address = L’adresse du flux ; sans elle, tous ceux ajoutés ici
command-feeds-import = Suivre tous les flux d’une liste OPML
command-feeds-import-file = La liste, telle que les lecteurs de flux l’exportent
command-feeds-export = Les flux suivis, en liste OPML
option-address = adresse
option-file = fichier

## Buttons under a card: keep them short
more-quotes = Plus de citations ({ $number })
context = Contexte
timeline = Chronologie
newest-first = Plus récentes
share = Partager
previous-page = Retour
next-page = Suite

## What the buttons show
page-more = Autres citations
page-context = Les phrases autour
page-timeline = Chronologie : la plus ancienne d’abord
page-newest = La plus récente d’abord
range = { $first }–{ $last } sur { $number }
gone =
    { $number ->
        [one] { $number } citation est laissée de côté : son article n’est plus dans l’index, ne contient plus la phrase ou ne fait pas partie de tes nouvelles.
       *[other] { $number } citations sont laissées de côté : leurs articles ne sont plus dans l’index, ne contiennent plus les phrases ou ne font pas partie de tes nouvelles.
    }
all-gone = Les articles ne sont plus dans l’index, ou ne contiennent plus ces phrases. Repose ta question pour voir ce qu’il y a maintenant.
error-forgotten = Cette réponse est trop ancienne, je ne m’en souviens plus. Repose ta question pour voir ce qu’il y a maintenant.
error-gone = Un article de cette carte n’est plus dans l’index, je ne la montre donc pas aux autres. Repose ta question pour voir ce qu’il y a maintenant.
error-elsewhere = Ces citations viennent de flux qui ne font pas partie de tes nouvelles : ils répondent sur un autre serveur, ou pour quelqu’un d’autre. Pose-moi la question toi-même pour voir ce que j’ai pour toi.
error-may-not-share = L’un de nous n’a pas le droit d’écrire ici, cela reste donc entre nous.
error-crowded-server =
    { $seconds ->
        [one] Beaucoup de monde pose des questions sur ce serveur. Patiente { $seconds } seconde.
       *[other] Beaucoup de monde pose des questions sur ce serveur. Patiente { $seconds } secondes.
    }
shared-by = Partagé par { $person }

## Feedback: title and labels up to 45 characters
thanks-up = Merci, c’est noté.
thanks-down = Merci. C’est noté, avec la question et ta raison.
why-title = Qu’est-ce qui ne va pas dans cette réponse ?
why-reason = Qu’est-ce qui ne va pas ?
why-words = Quelque chose à ajouter ?
why-who = La personne qui gère ce bot lira ceci avec la question. Ton nom n’est pas conservé.
why-off_topic = Les citations ne répondent pas à la question
why-out_of_context = Une citation est sortie de son contexte
why-wrong_speaker = La mauvaise personne ou le mauvais média est nommé
why-wrong_side = Ce qui est rapporté et ce qui est démenti sont confondus
why-missing = Il manque une source que je connais
why-outdated = Elle n’est plus à jour
why-other = Autre chose

## Check the news: title and labels up to 45 characters
menu-check-the-news = Vérifier dans l’actualité
check-title = Vérifier dans l’actualité
check-question = Que dois-je chercher ?
check-hint = Les mots du message, une affirmation par ligne. Réduis-les à ce dont tu doutes.
check-hint-more = Les premières affirmations d’un message plus long, une par ligne. Garde celles dont tu doutes.
check-placeholder = Trump a-t-il appelé Poutine ?
check-private = La réponse n’est visible que par moi
checked = Vérifié : { $place }
check-others = Absent de cette réponse : { $claims }. Vérifie-les séparément.
check-hidden = Discord ne me montre pas les mots de ce message. Ouvre son menu, puis « Applications » et « { menu-check-the-news } » : je peux alors le lire.
check-which = De quelle affirmation parles-tu ? Écris-la, ou ouvre le menu du message, puis « Applications » et « { menu-check-the-news } ».
link-alone = Je n’ouvre pas les liens. Écris ce que tu veux savoir à ce sujet, ou l’affirmation qu’on y lit.

## /quote
command-quote = Colle des mots attribués à quelqu’un et vois quel article les contient.
command-quote-words = Les mots, tels qu’ils ont été rapportés
command-quote-outlet = Seulement les articles de ce média
command-quote-private = La réponse n’est visible que par toi
option-words = mots
quotation-exact = Un article contient ces mots, mot pour mot.
quotation-nearly = Un article contient presque ces mots ; les différences sont signalées.
quotation-nothing = Aucun article indexé ne contient ces mots.
quotation-nothing-in = Aucun article de { $names } ne contient ces mots. Je n’ai pas cherché ailleurs.
quotation-footer = Cela ne veut pas dire que personne ne les a prononcés : je ne connais que les articles qu’on m’a donnés.
differs = « { $given } » : l’article dit « { $article } »
added = « { $given } » n’est pas dans l’article
left-out = l’article contient aussi « { $article } » à cet endroit
more-differences =
    { $number ->
        [one] et { $number } autre différence
       *[other] et { $number } autres différences
    }
error-quotation-short = Donne-moi au moins { $least } mots de ce qui a été dit, tels qu’ils ont été rapportés.
error-quotation-long = Ces mots comptent { $length } caractères ; j’en lis { $most } au plus. Donne-moi seulement la phrase.

## /brief
command-brief = Les sujets les plus couverts par les médias ces dernières 24 heures, chacun par une phrase citée.
command-brief-outlet = Seulement les sujets de ce média
command-brief-private = La réponse n’est visible que par toi
brief-title = Les sujets les plus couverts
brief-until = Les 24 heures jusqu’au { $day }
brief-nothing = Aucun article des dernières 24 heures n’est indexé.
brief-outlets = { $number } médias : { $names }
brief-footer = Chaque sujet est raconté par une phrase d’un article, mot pour mot. Les copies d’un même texte comptent une fois.

## /outlets, /about, /privacy
command-outlets = Quels médias sont indexés, et de quand datent leurs articles.
outlets-title = Ce qui est indexé
command-about = Ce qu’est ce bot, et ce qu’il n’est pas.
about-how = Aucun modèle de langage n’écrit ici. Je cherche dans les articles qu’on m’a donnés et je montre leurs phrases ; chaque citation est découpée dans l’article tel qu’il est stocké, et son lien ouvre l’article à cet endroit.
about-version = Verbatim { $version } · logiciel libre sous licence MIT
command-privacy = Ce qui est conservé sur toi, et comment l’effacer.
command-privacy-erase = Effacer maintenant tout ce qui est conservé sur toi
option-erase = effacer
privacy-title = Ce que je conserve
privacy-questions = Tes questions : ni conservées ni consignées. En message privé, je garde la dernière en mémoire dix minutes pour que la suivante puisse s’y appuyer.
privacy-answers = D’une réponse : les citations montrées, pour ses boutons, sans la question et sans toi. Pendant un mois : les numéros des messages de question et de réponse, pour que la réponse disparaisse avec la question.
privacy-feedback = Tes pouces : sans ton nom ni ton identifiant, avec un code différent pour chaque réponse. Avec un 👎 et sa raison : la question et ce que tu as écrit.
privacy-follows = Ce que tu suis : la question, ton identifiant, le salon et les citations déjà publiées.
privacy-daily = Tes résumés quotidiens : ton identifiant, le salon où ils arrivent, ou le fait qu’ils arrivent en privé, l’heure, le fuseau horaire et la langue.
privacy-feeds = Les flux que tu suis en privé : leurs adresses et ton identifiant, tant que tu les suis.
privacy-erase = `/{ name-privacy } { option-erase }` efface tout ce qui est à toi.
privacy-erased = Effacé : tout ce que je conservais sur toi.
privacy-owner = Tout cela se trouve sur l’ordinateur de la personne qui gère ce bot. Discord a ses propres règles pour ce que tu y écris.

## More help
help-quote = `/{ name-quote } { option-words }` : colle des mots attribués à quelqu’un et vois si un article les contient.
help-brief = `/{ name-brief }` montre ce que les médias ont le plus couvert ces dernières 24 heures.
help-follow = `/{ name-follow } { option-question }` te prévient, ou prévient un salon, quand un nouvel article répond.
help-daily = `/{ name-daily } { option-hour } { option-zone }` t’envoie ce résumé chaque jour, ou l’envoie dans un salon. `/{ name-following }` montre ce que tu reçois et y met fin.
help-outlets = `/{ name-outlets }` montre ce qui est indexé, `/{ name-privacy }` ce qui est conservé sur toi et comment l’effacer.
help-settings = `/{ name-settings }` et `/{ name-feeds }` sont pour qui gère un serveur : ses médias, sa langue, ses salons, et d’où viennent les actualités.
help-feeds = `/{ name-feeds } { name-add }` en message privé suit un média pour toi seul, jusqu’à 20.

## /settings
command-settings = Ce qui vaut sur ce serveur : médias, confidentialité, langue, salons, limites.
settings-title = Paramètres de ce serveur
settings-outlets = Médias d’où viennent les réponses
settings-outlets-all = Tous les médias
settings-outlets-none = Aucun sur cette page
settings-private = Qui voit la réponse à une commande, sauf choix contraire
settings-private-no = Tout le monde
settings-private-yes = Seulement la personne qui demande
settings-language = Langue de ce que je dis en public
settings-language-auto = Celle du serveur
settings-channels = Salons où je peux publier de moi-même, pour ce qui est suivi
settings-channels-all = Tous les salons où je peux écrire
settings-follows = Combien de questions peuvent être suivies sur ce serveur
settings-daily = Combien de messages par jour chacune peut apporter
settings-footer = Chaque choix vaut tout de suite. Qui peut utiliser quelle commande : Paramètres du serveur, Intégrations.
error-not-manager = Il te faut pour cela la permission « Gérer le serveur ».

## /follow, /following, /daily
command-follow = Reçois une alerte, ici ou en privé, quand un nouvel article répond à une question.
command-follow-question = Ce que tu veux savoir
command-follow-private = En privé, pas dans ce salon
command-following = Ce que tu suis : le voir, le modifier, l’arrêter.
command-daily = Un résumé chaque jour : les sujets les plus couverts par les médias, ici ou en privé.
command-daily-hour = À quelle heure, de 0 à 23
command-daily-zone = Dans quel fuseau horaire ; tape le nom d’une grande ville
command-daily-private = En privé, pas dans ce salon
option-hour = heure
option-zone = fuseau
followed-private = Désormais je cherche « { $question } » dans chaque nouvel article et je t’envoie en privé ce que je trouve. `/{ name-following }` y met fin.
followed-channel = Désormais je cherche « { $question } » dans chaque nouvel article et je publie dans { $channel } ce que je trouve. `/{ name-following }` y met fin.
follow-not-here = Dans ce salon, seules les personnes ayant la permission « Gérer les messages » peuvent me faire publier ; je t’écris donc en privé.
daily-set = C’est réglé. Le premier résumé arrive { $when } ; `/{ name-following }` y met fin.
follow-new = Du nouveau sur « { $question } » chez { $names } : { $words }
daily-line = Le résumé du jour. { $outlet } : { $words }
correction-title = Correction
correction-line = { $outlet } a modifié un article que j’ai cité.
correction-now = La phrase est maintenant :
correction-gone = La phrase que j’ai citée n’est plus dans l’article.
following-title = Ce qui est suivi
following-none = Rien pour l’instant. `/{ name-follow } { option-question }` pour commencer.
following-in = dans { $channel }
following-private = en privé
following-rests = en pause, car je n’ai pas le droit d’y écrire
following-daily = Résumé chaque jour à { $hour } ({ $zone })
following-edit = Modifier une question
following-edit-title = Que dois-je chercher ?
following-end = Mettre fin à l’un d’eux
following-footer = Je ne publie que de nouvelles citations, et jamais plus souvent que les paramètres du serveur ne le permettent.
error-follow-small-talk = Ce n’est pas une question sur l’actualité que je pourrais suivre.
error-too-many-follows = Tu suis déjà { $most } questions. Mets d’abord fin à l’une d’elles avec /{ name-following }.
error-server-follows = Ce serveur suit déjà autant de questions que ses paramètres le permettent ({ $most }).
error-follow-elsewhere = Les paramètres de ce serveur ne me laissent pas publier de moi-même dans ce salon. La personne qui gère le serveur peut changer cela avec /{ name-settings }. Ou choisis { option-private } : je te préviens alors en message privé.
error-follow-mute = Je n’ai pas le droit d’écrire dans ce salon. La personne qui gère le serveur doit m’y accorder « Voir le salon » et « Envoyer des messages ». Ou choisis { option-private } : je te préviens alors en message privé.
error-follow-gone = Cela n’est plus suivi, ou pas par toi.
error-zone-unknown = Je ne connais pas le fuseau horaire « { $zone } ». Choisis-en un dans la liste, comme Europe/Paris.
