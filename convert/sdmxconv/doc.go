// Package sdmxconv makes JSON-stat datasets of SDMX data messages, in which OECD,
// ECB, Eurostat, IMF, ILO and the UN publish: SDMX-JSON 1.0 with its drafts, 2.0
// and 2.1, and SDMX-CSV 1.0, 2.0 and 2.1. It needs the standard library alone.
//
//	sets, err := sdmxconv.Read(file, nil)
//
// # What a message is
//
// A structure lists dimensions, measures and attributes with their values; data
// sets hold observations whose keys and arrays are indexes into these lists:
//
//	{"structure": {"dimensions": {"series": [PORT], "observation": [TIME_PERIOD]},
//	               "attributes": {"observation": [OBS_STATUS]}},
//	 "dataSets": [{"series": {"0": {"observations": {"1": [13, 0]}}}}]}
//
// is the value 13 with the first status for the first port at the second time.
// Dimensions may be of the data set, of the series or of the observation, and any
// of them may be the one inside the series; without series the message is flat.
// What generation a message is of is seen from its members, never from the
// version that it names: many name none, or a wrong one.
//
// # What becomes of it
//
// The dimensions of the cube are those of the series and the observation in their
// order, then those of the data set. OBS_STATUS, at whatever level, is the status
// of cells, several measures are a last dimension of role metric, and UNIT_MEASURE,
// UNIT_MULT and DECIMALS are the units of a metric dimension's categories where
// they hold for them. Everything else is in extension.sdmx: each attribute as one
// value, by the categories that it depends on, or by observation, whichever takes
// fewest words. Numbers keep their digits. What has no place at all is listed in
// docs/sdmx.md.
//
// # How it is read
//
// SDMX-CSV is read once, a pipe's too, by the maker of cubes that all tables share; the
// options of tables say of its columns what neither header nor structure does.
//
// In SDMX-JSON members come in any order, data in front of the structure too. The text is gone
// through once to find the parts, then the observations are read in place through
// one window: memory follows the cube, not the text. A cube of which most cells
// do not come is sparse.
//
// What has one clear meaning is read and [Options].Warn is told: numbers in quotes,
// arrays that are short or padded, attributes that are listed and left out. Keys
// that fit nothing, and observations given twice, are errors with their place.
package sdmxconv

// Where to look: read.go is the door; it opens json.go or csv.go. The rules are below
// both, and know neither: structure.go is what a message has, component.go and
// dimension.go are its parts, column.go, level.go and form.go say of attributes what
// they depend on, status.go, unit.go, extension.go and head.go what they become. Of
// SDMX-JSON, message.go finds the parts, jsonstructure.go decodes the head, row.go scans
// observations, which observation.go and, for all of a data set, fill.go put into a cube
// of cubes.go. Of SDMX-CSV, csvcolumn.go is what columns are, csvlabel.go, csvmeasure.go
// and csvdims.go decide it, csvtable.go makes the cube. Another format needs a decoder
// that makes a structure and columns, and nothing of the rules.
