/**
 * Texts that people type under « Où ? », each with its meaning: `text | meaning`. A meaning is a commune (`35238`), a
 * territory (`53`, `r-53`, `e-…`), `point`, `everywhere`, `?` with the choices that are offered (`? 35238`), `unknown`
 * or `abroad`. A commune with `~` is a city whose postcodes are all alike.
 */
const TEXTS = `
35000 | 35238
35 000 | 35238
 35000  | 35238
35700 | 35238
F-35000 Rennes | 35238
35000 Rennes | 35238
Rennes 35000 | 35238
35000 RENNES FRANCE | 35238
26150 | 26113
26150 Die | 26113
26150 Le Moulin | 26113
01300 | 01034
13001 | 13201
13013 | 13213
69003 | 69383
69100 | 69266
75001 | 75101
75011 | 75111
75116 | 75116
59000 | 59350
59800 | 59350
97400 | 97411
97410 | 97416
97110 | 97120
97200 | 97209
97300 | 97302
97600 | 97611
97133 | 97701
97500 | 97502
98800 | 98818
98714 | 98735
20000 | 2A004
20200 | 2B033
20090 | 2A004
06000 | 06088
6000 | unknown
75000 | 75056~
69000 | 69123~
13000 | 13055~
75999 | 75056~
13621 | ? 13055
35042 | ? 35238
35 042 | ? 35238
59046 | ? 59350
31046 | ? 31555
33075 | ? 33063
44036 | ? 44109
67070 | ? 67482
38040 | ? 38185
34064 | ? 34172
06364 | ? 06088
76037 | ? 76351
69321 | ? 69123
13233 | ? 13055
75742 Paris Cedex 15 | 75115
59059 Roubaix Cedex 1 | 59512
89094 Sens Cedex | 89387
62228 Calais Cedex | 62193
35042 Rennes Cedex | 35238
CS 30814, 35108 Rennes Cedex 3 | 35238
BP 12 38000 Grenoble | 38185
00000 | unknown
99999 | unknown
123456 | unknown
rennes | 35238
RENNES | 35238
Rennes (35) | 35238
Rennes, Bretagne | 35238
Rennes Ille-et-Vilaine | 35238
Rennes (Ille-et-Vilaine) | 35238
à Rennes | 35238
près de Rennes | 35238
autour de Rennes | 35238
aux alentours de Rennes | 35238
gare de Rennes | 35238
mairie de Rennes | 35238
centre ville de Rennes | 35238
Rennes centre | 35238
la ville de Rennes | 35238
vers Die | 26113
au Mans | 72181
dans le Havre | 76351
je suis à Lyon | 69123
je cherche à Nantes | 44109
cafés à Nantes | 44109
Paris | 75056
paris 11 | 75111
Paris 11e | 75111
Paris XI | 75111
11e arrondissement de Paris | 75111
Lyon 3ème | 69383
Marseille 1er | 13201
Paris 20eme arrondissement | 75120
Paris 21 | ? 75056
marseille 13 | 13213
St Etienne | 42218
st-malo | 35288
St. Malo | 35288
Ste Foy les Lyon | 69202
l hay les roses | 94038
L’Haÿ-les-Roses | 94038
L'ile-d'yeu | 85113
Le Havre | 76351
havre | 76351
les abymes | 97101
Aÿ-Champagne | 51030
oeuilly 51 | 51410
Œuilly (51) | 51410
Y | 80829
Sète | 34301
SETE | 34301
Évry | 91228
Evry-Courcouronnes | 91228
Cherbourg | 50129
Clermont | 63113
Clermont-Ferrand | 63113
Aix | 13001
Aix les Bains | 73008
Bourg | 01053
Valence | 26362
La Rochelle | 17300
rochelle | 17300
Montreuil | 93048
Saint-Denis | 97411
Saint-Denis 93 | 93066
Saint-Denis de la Réunion | 97411
Saint-Pierre | 97416
Saint Paul 974 | 97415
Mayotte | 976
Mamoudzou | 97611
Nouméa | 98818
papeete | 98735
Arbignieu | 01015
Annecy-le-Vieux | 74010
Châlons | 51108
Chalon | 71076
renn | 35238
toulous | 31555
stras | 67482
Bretagne | r-53
bretagne | r-53
Bretagne (région) | r-53
région Bretagne | r-53
Bretagne (36) | 36024
la bretagne | r-53
en Bretagne | r-53
Ille-et-Vilaine | 35
ille et vilaine | 35
35 | 35
1 | 01
01 | 01
2A | 2A
2b | 2B
20 | r-94
974 | 974
département 35 | 35
département de la Drôme | 26
dans la Drôme | 26
en Ardèche | 07
la Creuse | 23
Nord | 59
Lot | 46
Savoie | 73
Corse | r-94
la Réunion | 974
à la Réunion | 974
La Réunion (47) | 47222
Guadeloupe | 971
Guyane | 973
Mayenne | 53
Mayenne (53) | 53147
Vienne | 86
Vienne (38) | 38544
Vienne (86) | 86
Grand Est | r-44
Normandie | r-28
Île-de-France | r-11
ile de france | r-11
IDF | r-11
PACA | r-93
Alsace | r-44
Aquitaine | r-75
Picardie | r-32
Auvergne | r-84
Rhône-Alpes | r-84
Pays Basque | 64
Rennes Métropole | e-243500139
CC du Diois | e-242600534
communauté de communes du Diois | e-242600534
Nantes Métropole | e-244400404
Grand Lyon | e-200046977
48.11,-1.68 | point
48.11, -1.68 | point
48,11 ; -1,68 | point
91,0 | unknown
France | everywhere
partout | everywhere
toute la France | everywhere
partout en France | everywhere
Renes | ? 35238
Rennnes | ? 35238
Marseillle | ? 13055
Strasbourgg | ? 67482
Bordaux | ? 33063
Nantse | ? 44109
Grenobel | ? 38185
quimpère | ? 29232
saintmalo | ? 35288
Montpelier | ? 34172
Toulousse | ? 31555
Perpignant | ? 66136
Bretange | ? r-53
Ille et Villaine | ? 35
Berlin | abroad
London | abroad
Londres | abroad
Bruxelles | abroad
Genève | abroad
Belgique | abroad
Germany | abroad
Monaco | abroad
98000 | abroad
zzzz | unknown
médiathèque | unknown
bibliothèque des Champs Libres | unknown
rue de la paix | unknown
😀 | unknown
<b> | unknown
`

export const HARD_INPUTS: [text: string, meaning: string][] = TEXTS.trim()
  .split('\n')
  .map((line) => {
    const at = line.lastIndexOf(' | ')
    return [line.slice(0, at), line.slice(at + 3)]
  })
