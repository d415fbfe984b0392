package textform

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestName is how many bytes a name has at most: BigQuery takes 300, with what tells
// names apart.
const longestName = 250

// letters are those that are no other letter with a mark.
var letters = strings.NewReplacer("ø", "o", "Ø", "O", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ß", "ss", "ẞ", "SS",
	"đ", "d", "Đ", "D", "ð", "d", "Ð", "D", "þ", "th", "Þ", "TH", "ł", "l", "Ł", "L", "ħ", "h", "Ħ", "H", "ı", "i", "ŧ", "t", "Ŧ", "T", "ŋ", "ng", "Ŋ", "NG")

// Name is a text as a name that every engine takes, Delta, BigQuery and Hive among them:
// of the letters A to Z, digits and underscores, with no digit in front. Letters lose
// their marks, and whatever else stands there is an underscore.
func Name(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(letters.Replace(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() >= longestName {
			break
		}
	}
	name := strings.Trim(b.String(), "_")
	switch {
	case name == "":
		return "column"
	case unicode.IsDigit(rune(name[0])):
		return "_" + name
	}
	return name
}
