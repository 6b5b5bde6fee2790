"""The columns of the files of a bundle, in the order the standard wants them."""

VERSIONS = ("1.1", "1.2")
START = "sourcedId status dateLastModified "
USERS_NEW = (
    "enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds "
    "grades password userMasterIdentifier resourceSourcedIds preferredGivenName preferredMiddleName "
    "preferredLastName primaryOrgSourcedId pronouns"
)
USERS_OLD = (
    "enabledUser orgSourcedIds role username userIds givenName familyName middleName identifier email sms "
    "phone agentSourcedIds grades password"
)
OF_ITEMS = "metadata.weight metadata.purpose metadata.neutralised metadata.countsFrom metadata.scale"
COLUMNS = {
    "orgs": "name type identifier parentSourcedId",
    "academicSessions": "title type startDate endDate parentSourcedId schoolYear metadata.code metadata.kind "
    "metadata.weight metadata.deliberates",
    "courses": "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes "
    "metadata.status metadata.statusName metadata.countsAsFailure metadata.countsInAverage "
    "metadata.weeklyPeriods metadata.form metadata.language",
    "classes": "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds "
    "subjects subjectCodes periods",
    "enrollments": "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate "
    "metadata.kind",
    "roles": "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
    "categories": "title metadata.code metadata.component",
    "lineItems": "title description assignDate dueDate classSourcedId categorySourcedId "
    f"gradingPeriodSourcedId resultValueMin resultValueMax {OF_ITEMS}",
    "results": "lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment metadata.sign",
}
IN_NEW = {
    "users": USERS_NEW,
    "categories": "title weight metadata.code metadata.component",
    "lineItems": "title description assignDate dueDate classSourcedId categorySourcedId "
    "gradingPeriodSourcedId academicSessionSourcedId schoolSourcedId resultValueMin resultValueMax "
    f"{OF_ITEMS}",
    "results": "lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment textScore "
    "classSourcedId inProgress incomplete late missing metadata.sign",
}
ABSENT = (
    "classResources", "courseResources", "demographics", "resources",
)  # fmt: skip
ABSENT_IN_NEW = (
    "lineItemLearningObjectiveIds", "lineItemScoreScales", "resultLearningObjectiveIds", "resultScoreScales",
    "scoreScales", "userProfiles", "userResources",
)  # fmt: skip


def columns_of(name: str, version: str) -> list[str]:
    """Return the columns of a file: those of the standard, and ours as its metadata."""
    told = IN_NEW.get(name) if version != "1.1" else None
    told = told or (USERS_OLD if name == "users" else COLUMNS[name])
    return (START + told).split()


def files_of(version: str) -> list[str]:
    """Return the names of the files a bundle of ours holds."""
    names = ["academicSessions", "categories", "classes", "courses", "enrollments", "lineItems", "orgs",
             "results", "users"]  # fmt: skip
    return sorted([*names, "roles"] if version != "1.1" else names)


def manifest(version: str) -> list[tuple[str, str]]:
    """Return what the manifest says: which files are there, whole, and which are not."""
    held = files_of(version)
    absent = ABSENT if version == "1.1" else (*ABSENT, *ABSENT_IN_NEW)
    told = {**dict.fromkeys(held, "bulk"), **dict.fromkeys(absent, "absent")}
    return [
        ("manifest.version", "1.0"),
        ("oneroster.version", version),
        *((f"file.{name}", said) for name, said in sorted(told.items())),
        ("source.systemName", "Préau"),
        ("source.systemCode", "preau"),
    ]
