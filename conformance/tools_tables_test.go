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
	"equal headers":             "Port,Port,Value\nN,x,1\nS,y,2\n",
	"short row":                 "Port,Catch,Value\nN,kg\nS,pc,2\n",
	"long row":                  "Port,Value\nN,1,9\nS,2\n",
	"quotes":                    "Port,Value\n\"N, north\",1\n\"say \"\"no\"\"\",2\n",
	"newline in quotes":         "Port,Value\n\"two\nlines\",1\nS,2\n",
	"CRLF":                      "Port,Value\r\nN,1\r\nS,2\r\n",
	"byte order mark":           "\ufeffPort,Value\nN,1\nS,2\n",
	"spaces around numbers":     "Port,Value\nN, 7 \nS,8\n",
	"odd numbers":               "Port,Value\na,0x10\nb,+5\nc,.5\nd,5.\ne,007\nf,1e3\ng,-0\nh,Infinity\ni,1.50\n",
	"texts":                     "Port,Value\na,x\nb,true\nc,1\n",
	"one column":                "Value\n1\n2\n",
	"header only":               "Port,Value\n",
	"no newline at the end":     "Port,Value\nN,1\nS,2",
	"empty lines":               "Port,Value\nN,1\n\nS,2\n\n",
	"value column first":        "Value,Port\n1,N\n2,S\n",
	"rich":                      "jsonstat,.,|\nlabel,Catch\nsource,Office\nupdated,2025-01-31\ndimension,port,Port,2,N1,North quay,S2,South quay,geo\ndimension,what,What,2,kg,Weight,pc,Share,metric,0|kilograms,1|percent|%|end\ndata\nport,what,status,value\nN1,kg,,120\nN1,pc,,12.5\nS2,kg,x,n/a\nS2,pc,,7.25\n",
	"rich out of order":         "jsonstat;,;|\ndimension;port;Port;2;N1;North quay;S2;South quay\ndata\nport;value\nS2;2,5\nN1;1\n",
	"rich with an unknown line": "jsonstat,.,|\nfoo,bar\ndimension,port,Port,1,N1,North\ndata\nport,value\nN1,1\n",
	"rich without data":         "jsonstat,.,|\ndimension,port,Port,1,N1,North\n",
	"empty":                     "",
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
