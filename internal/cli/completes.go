package cli

// Completes says what a shell offers for the value of a flag, or for an argument, while
// the call is being typed. The zero value offers nothing: the text is the caller's own.
// What a [Choice] is completed with are its values.
type Completes uint8

// What there is to be offered. The input is that of the call, whose head is looked at.
const (
	Files        Completes = iota + 1 // names of files
	Folders                           // names of folders
	Dimensions                        // ids of dimensions of the input, parted by commas
	Criteria                          // criteria on the input, in the grammar of package dice
	Pairs                             // DIM=CATEGORY, parted by commas, without quotes
	DatasetNames                      // the datasets in the input, by id, label or position
	Options                           // options that are handed on to a part, see [Command.HandsTo]
)
