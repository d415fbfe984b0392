package rows

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Options say how a table becomes a cube. They are those of package convert, where
// each is described and which turns one struct into the other.
type Options struct {
	Header               string
	Values               []string
	Status, StatusSuffix string
	Dimensions           []string
	Labels               [][2]string
	Ignore, By, Stub     []string
	Plan                 json.RawMessage

	Metric             string
	Content            layout.Show
	Decimal, Thousands string
	NA                 []string
	Texts              bool
	Periods            string

	Head                   *jsonstat.Dataset
	Description            json.RawMessage
	Label, Source, Updated string
	Roles                  map[string]jsonstat.Role

	Warn    func(message string)
	Doubt   func(message string, options []string)
	Explain func(plan json.RawMessage)
}

// Choice is what the options say of columns, on top of what their plan does.
func (o *Options) Choice() (Choice, error) {
	said := Choice{
		Header: o.Header, Values: o.Values, Status: o.Status, StatusSuffix: o.StatusSuffix, Dimensions: o.Dimensions,
		Labels: o.Labels, Ignore: o.Ignore, By: o.By, Stub: o.Stub,
	}
	if len(o.Plan) == 0 {
		return said, nil
	}
	plan, err := readPlan(o.Plan)
	if err != nil {
		return said, &Error{Msg: "the plan cannot be used: " + err.Error(), Err: ErrPlan}
	}
	return plan.merge(said), nil
}

// readPlan reads what explain wrote, or a part of it.
func readPlan(text json.RawMessage) (Choice, error) {
	var plan explained
	text, err := charset.JSON(text)
	if err != nil {
		return plan.Choice, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields() // a member that is misspelt would say nothing
	err = dec.Decode(&plan)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what := "it"
		if wrong.Field != "" {
			what = fmt.Sprintf("member %q", strings.TrimPrefix(wrong.Field, "Choice."))
		}
		err = fmt.Errorf("%s is a JSON %s, at byte %d", what, wrong.Value, wrong.Offset)
	}
	return plan.Choice, err
}

// Entitle gives a head what the options say of the whole cube.
func (o *Options) Entitle(head *jsonstat.Head) {
	head.Label, head.Source, head.Updated = cmp.Or(o.Label, head.Label), cmp.Or(o.Source, head.Source), cmp.Or(o.Updated, head.Updated)
}

// WithRole is a dimension with another role.
func WithRole(d *jsonstat.Dimension, role jsonstat.Role) (*jsonstat.Dimension, error) {
	spec := d.Spec()
	spec.Role = role
	return jsonstat.NewDimension(spec)
}

// Carried warns of what the options say in vain of a file that carries the head of its cube.
func (o *Options) Carried() {
	if len(o.Description) > 0 {
		o.Warnf("the description is not used: the file carries the head of its cube")
	}
}

// Warnf tells of what was tolerated.
func (o *Options) Warnf(format string, args ...any) {
	if o.Warn != nil {
		o.Warn(fmt.Sprintf(format, args...))
	}
}

// Doubtf tells of what was decided and could be otherwise, and names the options that
// would say so.
func (o *Options) Doubtf(options []string, format string, args ...any) {
	if o.Doubt != nil {
		o.Doubt(fmt.Sprintf(format, args...), options)
	} else {
		o.Warnf(format, args...)
	}
}

// HeaderRow is where the options, or else their plan, say that the header stands.
func (o *Options) HeaderRow() string {
	choice, err := o.Choice()
	if err != nil {
		return o.Header // Make says what is wrong with the plan
	}
	return choice.Header
}

// explained is what was decided of a table, as JSON that is a plan as well.
type explained struct {
	Choice
	Columns []explainedColumn `json:"columns"`
	Rows    int64             `json:"rows"`
	Cells   int64             `json:"cells,omitempty"` // of the cube, if it is decided
	Error   string            `json:"error,omitempty"` // why it could not be decided
}

// explainedColumn is a column and what it was taken for.
type explainedColumn struct {
	Number     int    `json:"number"` // from 1
	Name       string `json:"name"`   // "" if it has none
	Part       string `json:"part"`
	Why        string `json:"why"`
	Of         string `json:"of,omitempty"` // the column that labels and statuses belong to
	Categories int    `json:"categories"`
}
