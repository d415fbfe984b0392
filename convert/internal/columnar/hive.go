package columnar

// HiveNull is the name of a folder for rows in which its column is null.
const HiveNull = "__HIVE_DEFAULT_PARTITION__"
