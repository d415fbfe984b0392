package xlsxconv

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// shown is what the number format of a cell says that its number is.
type shown struct {
	date    bool // a day, or a time
	percent bool // shown in per cent
	zeros   int  // whole numbers have so many digits at least, with zeros in front; 0 for no such format
}

// maxZeros is the most zeros that are put in front of a number.
const maxZeros = 32

// shownBy reads a number format.
func shownBy(code string) shown {
	return shown{date: isDateFormat(code), percent: hasSign(code, "%"), zeros: zerosOf(code)}
}

// builtIn is what a number format says that has a number and no code.
func builtIn(n int) shown {
	return shown{
		date:    (14 <= n && n <= 22) || (27 <= n && n <= 36) || (45 <= n && n <= 47) || (50 <= n && n <= 58),
		percent: n == 9 || n == 10,
	}
}

// signs are the characters of a number format that are neither text nor a condition.
func signs(code string) iter.Seq[byte] {
	return func(yield func(byte) bool) {
		for i := 0; i < len(code); i++ {
			switch c := code[i]; c {
			case '"', '[':
				end := byte('"')
				if c == '[' {
					end = ']'
				}
				if n := strings.IndexByte(code[i+1:], end); n >= 0 {
					i += n + 1
				}
			case '\\', '_', '*':
				i++
			default:
				if !yield(c) {
					return
				}
			}
		}
	}
}

// hasSign tells whether any of some characters is a sign of a number format.
func hasSign(code, any string) bool {
	for c := range signs(code) {
		if strings.IndexByte(any, c) >= 0 {
			return true
		}
	}
	return false
}

// isDateFormat tells whether a number format shows a date or a time.
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	if strings.EqualFold(code, "general") || strings.EqualFold(code, "standard") {
		return false
	}
	return hasSign(code, "yYmMdDhHsS")
}

// zerosOf is how many zeros a number format has if it is of zeros alone, as those of
// codes are: 0000 shows 301 as 0301. One zero shows numbers as they are.
func zerosOf(code string) int {
	code, _, _ = strings.Cut(code, ";")
	if n := len(code); n < 2 || n > maxZeros || strings.Trim(code, "0") != "" {
		return 0
	}
	return len(code)
}

// formats are what the styles of a workbook say of numbers, by number of the style.
type formats []shown

// of is what a style says of numbers.
func (f formats) of(style int) shown {
	if style < 0 || style >= len(f) {
		return shown{}
	}
	return f[style]
}

// styleSheet is what the part of the styles says of numbers.
type styleSheet struct {
	own    map[int]string // the codes of formats, by number
	styles []int          // number of the format of each style
}

// element takes an element of the part.
func (s *styleSheet) element(path []byte, x *xmltoken.Reader) error {
	format, style := string(path) == "numFmts/numFmt", string(path) == "cellXfs/xf"
	if !format && !style {
		return nil
	}
	is, err := x.AttributeTexts()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(is["numFmtId"]), "0"))
	if err != nil {
		return err
	}
	if style {
		s.styles = append(s.styles, n)
		return nil
	}
	if s.own == nil {
		s.own = map[int]string{}
	}
	s.own[n] = is["formatCode"]
	return nil
}

// shown is what the styles say.
func (s *styleSheet) shown() formats {
	own := make(map[int]shown, len(s.own))
	for n, code := range s.own {
		own[n] = shownBy(code)
	}
	var list formats
	for _, n := range s.styles {
		as, ok := own[n]
		if !ok {
			as = builtIn(n)
		}
		list = append(list, as)
	}
	return list
}
