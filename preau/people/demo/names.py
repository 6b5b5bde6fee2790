"""Invented names, as one hears them in the yard of a school in Brussels."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Where the names of a family come from, and how many families in a hundred bear such names."""

    share: int
    families: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]


def _origin(share: int, families: str, girls: str, boys: str) -> Origin:
    return Origin(
        share, *(tuple(name.strip() for name in names.split(",")) for names in (families, girls, boys))
    )


ORIGINS = (
    _origin(
        33,
        "Dubois, Lambert, Dupont, Martin, Simon, Laurent, Leclercq, Lejeune, Denis, Renard, Gérard, "
        "François, Hubert, Mathieu, Charlier, Delvaux, Collard, Evrard, Gilson, Henry, Jacquemin, "
        "Lecomte, Marchal, Noël, Pierre, Poncelet, Quinet, Remy, Servais, Thiry, Urbain, Warnier, Bastin, "
        "Bodart, Cornet, Delfosse, Dethier, Fontaine, Georges, Guillaume, Hanquet, Huberty, Jadot, "
        "Lallemand, Legrand, Lemoine, Mahieu, Massart, Nicaise, Ninane, Pirotte, Rasquin, Sauvage, "
        "Toussaint, Vanderaerden, Wauters, Wéry, Dardenne, Bertrand, Colin, Stassart, Deprez, Piron, de "
        "Brouckère, Delcourt, Hallet, Magnée, Parmentier, Rousseaux, Tilkin, d'Aspremont, Vanhove, "
        "Walravens",
        "Camille, Manon, Louise, Juliette, Charlotte, Zoé, Léa, Chloé, Lucie, Alice, Clara, Margaux, "
        "Élise, Pauline, Justine, Marie, Anaïs, Eva, Julie, Océane, Romane, Victoria, Céline, Éloïse, "
        "Jeanne, Nina, Capucine, Valentine, Maëlle, Noémie, Inès, Élodie, Florence, Agathe, Apolline, "
        "Coline, Mathilde, Rosalie, Salomé, Ysaline",
        "Louis, Arthur, Hugo, Lucas, Nathan, Victor, Noé, Gabriel, Jules, Antoine, Maxime, Simon, Théo, "
        "Tom, Martin, Adrien, Baptiste, Romain, Clément, Guillaume, Thibault, Alexis, Benjamin, Cyril, "
        "Denis, Émile, Félix, Gauthier, Henri, Julien, Léon, Mathis, Nicolas, Olivier, Pierre, Quentin, "
        "Rémi, Sacha, Tanguy, Valentin",
    ),
    _origin(
        22,
        "El Amrani, Benali, Bouazza, El Idrissi, Haddou, Benjelloun, Ouali, Amrani, El Khattabi, Chaoui, "
        "Bensaïd, Azzouzi, Ben Salah, El Fassi, Lahlou, Mansouri, Naciri, Ouazzani, Rahmouni, Saidi, "
        "Tazi, Zerouali, Ziani, Belkacem, Boukhari, Cherkaoui, Daoudi, El Mokhtari, Filali, Ghazi, "
        "Hamdaoui, Idrissi, Jabri, Kaddouri, Laaroussi, Mernissi, Nejjar, Ouchen, Qadiri, Rachidi, "
        "Slimani, Touzani, Yacoubi, Zemmouri, Aït Brahim, Afkir, Ben Omar, Bouzidi, El Ouahabi, Fennich, "
        "Guessous, Lamrini, Mesbahi, Sbaï",
        "Yasmine, Salma, Imane, Nour, Lina, Aya, Hajar, Khadija, Soumaya, Fatima-Zahra, Amina, Meryem, "
        "Ikram, Sara, Oumaima, Hiba, Safae, Loubna, Nadia, Rania, Chaïma, Dounia, Asma, Ghita, Siham, "
        "Wiam, Zineb, Assia, Houda, Malak",
        "Mohamed, Youssef, Ayoub, Bilal, Hamza, Ilyas, Anas, Mehdi, Omar, Zakaria, Adam, Amine, Ismaïl, "
        "Nabil, Rayan, Soufiane, Tarik, Walid, Yassine, Reda, Marouane, Imad, Karim, Nizar, Othmane, "
        "Saïd, Younes, Badr, Driss, Hicham",
    ),
    _origin(
        9,
        "Yılmaz, Kaya, Demir, Çelik, Şahin, Yıldız, Öztürk, Aydın, Arslan, Doğan, Kılıç, Aslan, Çetin, "
        "Kara, Koç, Kurt, Özkan, Şimşek, Polat, Erdoğdu, Güneş, Bulut, Tekin, Yavuz, Korkmaz, Aksoy, "
        "Acar, Uçar, Karataş, Türkmen",
        "Elif, Zeynep, Ayşe, Melisa, Ecrin, Büşra, Derya, Esra, Gizem, Havva, İrem, Merve, Selin, Sude, "
        "Şeyma, Yağmur, Ceren, Defne, Nil, Tuğba",
        "Emre, Mehmet, Kerem, Yusuf, Mustafa, Burak, Can, Deniz, Enes, Furkan, Hakan, İbrahim, Kaan, "
        "Murat, Onur, Selim, Tolga, Umut, Volkan, Berk",
    ),
    _origin(
        9,
        "Kabongo, Mukendi, Tshibanda, Ilunga, Kasongo, Mbuyi, Ngoy, Kalonji, Lukusa, Mbala, Nkulu, "
        "Tshimanga, Kabeya, Mwamba, Bolamba, Mutombo, Kazadi, Lumbala, Mabika, Ndaya, Nsimba, Kitenge, "
        "Matondo, Makiese, Bakala, Diangienda, Mputu, Tumba, Uwimana, Niyonzima, Habimana, Ndayishimiye, "
        "Mukamana, N'Sele",
        "Grâce, Divine, Merveille, Exaucée, Plamedi, Gloria, Ruth, Naomi, Esther, Bénédicte, Christelle, "
        "Dorcas, Prisca, Keren, Joyce, Rachel, Déborah, Mireille, Sarah, Nadège",
        "Jérémie, Dieumerci, Trésor, Glody, Emmanuel, Josué, Samuel, Christian, David, Hervé, Exaucé, "
        "Patrick, Béni, Gédéon, Joël, Cédric, Marvin, Nathan, Jordan, Winner",
    ),
    _origin(
        8,
        "Peeters, Janssens, Maes, Willems, Claes, Goossens, Wouters, De Smet, Jacobs, Mertens, Vermeulen, "
        "Van Damme, De Clercq, Van den Broeck, Hermans, Michiels, Aerts, Desmet, Van Acker, Smets, "
        "Verhoeven, De Backer, Cools, Lemmens, Segers, Vandenberghe, Moens, Timmermans, Baert, Verbeke",
        "Emma, Lotte, Marie, Noor, Fien, Amber, Femke, Hanne, Jana, Kato, Lore, Nele, Sien, Tine, Elke, Lies",
        "Jef, Lars, Daan, Wout, Bram, Jonas, Pieter, Ruben, Senne, Stijn, Thomas, Wim, Koen, Mats, Seppe, "
        "Tuur",
    ),
    _origin(
        6,
        "Rossi, Russo, Ferrari, Esposito, Romano, Colombo, Ricci, Marino, Greco, Bruno, Gallo, Conti, De "
        "Luca, Mancini, Costa, Giordano, Rizzo, Lombardi, Moretti, Barbieri, D'Angelo, Cusumano, Di "
        "Prima, Scalia",
        "Giulia, Chiara, Sofia, Martina, Alessia, Elisa, Laura, Serena, Valentina, Ilaria, Bianca, Noemi",
        "Lorenzo, Matteo, Alessandro, Davide, Fabio, Gianni, Luca, Marco, Nicolò, Paolo, Riccardo, Stefano",
    ),
    _origin(
        4,
        "Nowak, Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak, "
        "Dąbrowski, Kozłowski, Mazur, Krawczyk, Piotrowski, Grabowski, Pawlak",
        "Zuzanna, Julia, Maja, Hanna, Aleksandra, Oliwia, Wiktoria, Kinga, Natalia, Agnieszka",
        "Jakub, Kacper, Szymon, Filip, Wojciech, Michał, Bartosz, Dawid, Piotr, Mateusz",
    ),
    _origin(
        4,
        "Da Silva, Dos Santos, Ferreira, Pereira, Oliveira, Costa, Rodrigues, Martins, Sousa, Fernandes, "
        "Gonçalves, Gomes, Lopes, Marques, Almeida, Ribeiro, Pinto, Carvalho, Teixeira, Moreira",
        "Beatriz, Mariana, Inês, Carolina, Leonor, Matilde, Joana, Catarina, Rita, Diana",
        "João, Tiago, Diogo, Rodrigo, Miguel, Gonçalo, Rafael, Duarte, Bruno, Vasco",
    ),
    _origin(
        3,
        "Popescu, Ionescu, Dumitrescu, Stoica, Gheorghe, Munteanu, Rusu, Georgieva, Petrov, Dimitrov, "
        "Moldovan, Ungureanu",
        "Ioana, Andreea, Elena, Alexandra, Mihaela, Denisa, Bogdana, Iva",
        "Andrei, Alexandru, Ștefan, Mihai, Ionuț, Vlad, Georgi, Radu",
    ),
    _origin(
        2,
        "García, Fernández, López, Sánchez, Navarro, Torres, Kovács, Nagy, Papadopoulos, Nguyen, Tran, "
        "Diallo, Bah, Barry, Sow, Hoxha, Krasniqi, Khan, Ahmadi, Rahimi, Al-Masri, Haddad-Saleh, Sharma, "
        "Singh",
        "Lucía, Carmen, Linh, Mai, Aïssatou, Mariama, Arta, Zahra, Laila, Priya, Anikó, Eleni",
        "Diego, Álvaro, Minh, Mamadou, Ibrahima, Arben, Farid, Samir, Arjun, Gábor, Nikos, Omid",
    ),
)

PARENTS_F = (
    "Nathalie",
    "Isabelle",
    "Sandrine",
    "Véronique",
    "Caroline",
    "Valérie",
    "Sophie",
    "Stéphanie",
    "Virginie",
    "Catherine",
    "Laurence",
    "Christine",
    "Anne",
    "Fabienne",
    "Muriel",
    "Bénédicte",
    "Delphine",
    "Aurélie",
    "Vanessa",
    "Cécile",
    "Dominique",
    "Brigitte",
    "Patricia",
    "Sylvie",
    "Myriam",
)
PARENTS_M = (
    "Philippe",
    "Michel",
    "Marc",
    "Alain",
    "Thierry",
    "Frédéric",
    "Christophe",
    "Laurent",
    "Stéphane",
    "Vincent",
    "Olivier",
    "Éric",
    "Didier",
    "Benoît",
    "Pascal",
    "Bernard",
    "Xavier",
    "Fabrice",
    "Renaud",
    "Yves",
    "Luc",
    "Jean-Pierre",
    "Serge",
    "Dimitri",
    "Geoffroy",
)

STREETS = (
    "rue des Tilleuls",
    "rue du Lavoir",
    "avenue des Hirondelles",
    "rue de la Fontaine aux Chats",
    "place du Vieux Four",
    "rue des Trois Ponts",
    "avenue du Canal",
    "rue du Maïeur",
    "chaussée du Moulin Rouge",
    "rue aux Laines Bleues",
    "clos des Peupliers",
    "rue de l'Écluse",
    "avenue des Marronniers",
    "rue du Petit Marché",
    "drève des Charmes",
    "rue des Maraîchers",
    "boulevard du Viaduc",
    "rue du Tram",
    "avenue de la Gare du Parc",
    "rue des Imprimeurs",
    "quai aux Pierres",
    "rue de la Brasserie",
    "square des Sorbiers",
    "rue du Puits",
    "avenue des Tisserands",
)
TOWNS = (
    ("5000", "Exempleville", 60),
    ("5001", "Exempleville-Nord", 20),
    ("5002", "Pont-l'Aulne", 12),
    ("5003", "Vieux-Étang", 8),
)


class Names:
    """Draws families, given names and addresses, never the same full name twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.taken: set[tuple[str, str]] = set()

    def origin(self) -> Origin:
        return self.rng.choices(ORIGINS, [origin.share for origin in ORIGINS])[0]

    def family(self, origin: Origin) -> str:
        return self.rng.choice(origin.families)

    def given(self, origin: Origin, gender: str, family: str, *, is_parent: bool = False) -> str:
        """Draw a given name; after a few namesakes, add a second one."""
        names = origin.girls if gender == "F" else origin.boys
        if is_parent and origin is ORIGINS[0]:
            names = PARENTS_F if gender == "F" else PARENTS_M
        for _try in range(8):
            name = self.rng.choice(names)
            if (name, family) not in self.taken:
                break
        else:
            name = f"{self.rng.choice(names)}-{self.rng.choice(names)}"
        self.taken.add((name, family))
        return name

    def address(self) -> tuple[str, str, str]:
        """Draw a street with its number, a postcode and a town."""
        town = self.rng.choices(TOWNS, [town[2] for town in TOWNS])[0]
        return f"{self.rng.choice(STREETS)} {self.rng.randint(1, 240)}", town[0], town[1]
