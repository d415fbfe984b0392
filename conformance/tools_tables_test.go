package conformance_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
)

// tables are CSV texts by name: what people write, with its faults.
var tables = map[string]string{
	"plain":                     "Port,Catch,Value\nN,kg,120\nN,pc,12.5\nS,kg,n/a\nS,pc,7.25\n",
	"status":                    "Port,Catch,Status,Value\nN,kg,,120\nN,pc,,12.5\nS,kg,x,n/a\nS,pc,,7.25\n",
	"status without any":        "Port,Status,Value\nN,,1\nS,,2\n",
	"semicolon":                 "Port;Catch;Value\nN;kg;120\nN;pc;12,5\nS;kg;\nS;pc;7,25\n",
	"blank value":               "Port,Value\nN,\nS,2\n",
	"blank first value":         "Port,Sex,Value\nN,m,\nN,f,2\n",
	"rows out of order":         "Port,Catch,Value\nS,pc,4\nN,kg,1\nS,kg,3\nN,pc,2\n",
	"incomplete":                "Port,Catch,Value\nN,kg,1\nS,pc,4\n",
	"incomplete at the end":     "Port,Catch,Value\nN,kg,1\nN,pc,2\nS,kg,3\n",
	"twice":                     "Port,Value\nN,1\nN,2\nS,3\n",
	"equal headers":             "Port,Port,Value\nN,x,1\nN,y,2\nS,x,3\nS,y,4\n",
	"equal headers that repeat": "Port,Port,Value\nN,x,1\nS,y,2\n",
	"short row":                 "Port,Catch,Value\nN,kg\nS,pc,2\n",
	"long row":                  "Port,Value\nN,1,9\nS,2\n",
	"quotes":                    "Port,Value\n\"N, north\",1\n\"say \"\"no\"\"\",2\n",
	"newline in quotes":         "Port,Value\n\"two\nlines\",1\nS,2\n",
	"CRLF":                      "Port,Value\r\nN,1\r\nS,2\r\n",
	"byte order mark":           "\ufeffPort,Value\nN,1\nS,2\n",
	"spaces around numbers":     "Port,Value\nN, 7 \nS,8\n",
	"odd numbers":               "Port,Value\nb,+5\nc,.5\nd,5.\nf,1e3\ng,-0\ni,1.50\n",
	"hexadecimal":               "Port,Value\na,0x10\nb,5\nc,6\n",
	"zeros in front":            "Port,Value\na,007\nb,5\nc,6\n",
	"infinity":                  "Port,Value\na,4\nb,Infinity\nc,6\n",
	"texts":                     "Port,Value\na,x\nb,true\nc,1\n",
	"one column":                "Value\n1\n2\n",
	"header only":               "Port,Value\n",
	"no newline at the end":     "Port,Value\nN,1\nS,2",
	"empty lines":               "Port,Value\nN,1\n\nS,2\n\n",
	"value column first":        "Value,Port\n1,N\n2,S\n",
	"value in the middle":       "Port,OBS_VALUE,Year\nN,5,2023\nN,6,2024\nS,7,2023\nS,8,2024\n",
	"status in small letters":   "Port,flags,value\nN,,1\nS,p,2\n",
	"status or dimension":       "Port,status,value\nN,open,1\nN,closed,2\nS,open,3\n",
	"marks as values":           "Port,Value\nN,1\nS,..\nV,:\n",
	"statuses that say nothing": "Port,Status,Value\nN,NaN,1\nS,p,2\nV,NULL,3\n",
	"men beside women":          "Age,Men,Women\n0,5,6\n1,7,8\n2,9,9\n",
	"codes beside names":        "Port,Name,Value\nN1,North quay,1\nS2,South quay,2\n",
	"codes and names, by name":  "Port code,Port,Catch,Value\nN1,North,kg,1\nN1,North,pc,2\nS2,South,kg,3\nS2,South,pc,4\n",
	"row numbers":               ",Port,Value\n0,N,1\n1,S,2\n",
	"a column without a name":   "Port,,Value\nN,x,1\nN,y,2\nS,x,3\nS,y,4\n",
	"spaces in the header":      "Port, Catch ,Value\nN,kg,1\nN,pc,2\nS,kg,3\nS,pc,4\n",
	"lines above":               "Catch by port\nPort,Catch,Value\nN,kg,1\nN,pc,2\n",
	"no header":                 "N,17,5\nN,18,6\nS,17,7\n",
	"years alone":               "Port,Year\nN,2023\nS,2024\n",
	"many cells":                "Port,Length,Catch\n" + manyLengths(),
	"rich":                      "jsonstat,.,|\nlabel,Catch\nsource,Office\nupdated,2025-01-31\ndimension,port,Port,2,N1,North quay,S2,South quay,geo\ndimension,what,What,2,kg,Weight,pc,Share,metric,0|kilograms,1|percent|%|end\ndata\nport,what,status,value\nN1,kg,,120\nN1,pc,,12.5\nS2,kg,x,n/a\nS2,pc,,7.25\n",
	"rich out of order":         "jsonstat;,;|\ndimension;port;Port;2;N1;North quay;S2;South quay\ndata\nport;value\nS2;2,5\nN1;1\n",
	"rich with an unknown line": "jsonstat,.,|\nfoo,bar\ndimension,port,Port,1,N1,North\ndata\nport,value\nN1,1\n",
	"rich without data":         "jsonstat,.,|\ndimension,port,Port,1,N1,North\n",
	"empty":                     "",
}

// manyLengths are boats at ports, nearly each of another length.
func manyLengths() string {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "p%d,%d.5,%d\n", i%6, 10+max(i, 1), i%5)
	}
	return b.String()
}

// TestReadTables reads tables on both sides: these, and those that we write.
func TestReadTables(t *testing.T) {
	r := startReference(t)
	texts := maps.Clone(tables)
	for _, shape := range shapes.Cubes() {
		d := newDocument(shape.Name, []byte(shape.JSON))
		if d.ds == nil || d.ds.Len() == 0 || d.ds.Len() > 3000 {
			continue
		}
		for name, o := range map[string]*convert.CSVOptions{
			"labels": {Status: true}, "ids": {Table: convert.Table{Field: convert.ID, Content: convert.ID}}, "semicolon": {Separator: ";"},
		} {
			var b bytes.Buffer
			if convert.WriteCSV(&b, d.ds, o) == nil {
				texts[shape.Name+" "+name] = b.String()
			}
		}
		var b bytes.Buffer
		if convert.WriteCSVStat(&b, d.ds, nil) == nil {
			texts[shape.Name+" rich"] = b.String()
		}
	}
	total := 0
	counts := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		t.Run(name, func(t *testing.T) {
			reports := 0
			calls := readCalls(texts[name])
			if _, ownFaults := tables[name]; !ownFaults && !*full { // what we write is of one kind
				calls = pick(rand.New(rand.NewPCG(6, uint64(len(name)))), calls, 14)
			}
			for _, call := range calls {
				c := compareTool(t, r, &document{name: name, text: []byte(texts[name])}, call)
				kind, excuse, problem := c.judge()
				total++
				counts[excuse]++
				if kind != mismatch {
					continue
				}
				if reports++; reports <= maxReports {
					t.Errorf("%s: %s\n%s\ndocument: %.600s", name, call, problem, texts[name])
				}
			}
		})
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if name != "" {
			lines = append(lines, fmt.Sprintf("%6d %s", counts[name], name))
		}
	}
	t.Logf("%d calls compared; excused by listed differences:\n%s", total, strings.Join(lines, "\n"))
}
