from django.urls import path

from .views import families, merging, parents, persons

app_name = "people"

urlpatterns = [
    path("families/", families.families, name="families"),
    path("parents/", parents.parents, name="parents"),
    path("doubles/", merging.doubles, name="doubles"),
    path("doubles/<int:apart_id>/end/", merging.apart_end, name="apart_end"),
    path("merges/<int:merge_id>/undo/", merging.merge_undo, name="merge_undo"),
    path("<int:somebody_id>/merge/", merging.merge, name="merge"),
    path("<int:somebody_id>/apart/", merging.apart, name="apart"),
    path("<int:somebody_id>/", persons.person, name="person"),
    path("<int:somebody_id>/identity/", persons.identity, name="identity"),
    path("<int:somebody_id>/homes/", persons.homes, name="homes"),
    path("<int:somebody_id>/numbers/", persons.numbers, name="numbers"),
    path("<int:pupil_id>/guardians/", families.guardians, name="guardians"),
    path("households/<int:household_id>/", persons.household, name="household"),
    path("residences/<int:residence_id>/end/", persons.residence_end, name="residence_end"),
    path("numbers/<int:number_id>/end/", persons.number_end, name="number_end"),
    path("relationships/<int:relationship_id>/", families.relationship, name="relationship"),
    path("relationships/<int:relationship_id>/end/", families.relationship_end, name="relationship_end"),
]
