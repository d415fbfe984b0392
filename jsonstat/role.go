package jsonstat

// Role is what a dimension stands for (specification, "role").
type Role string

// The roles. A dimension that a document gives no role is a Classification.
const (
	Time           Role = "time"
	Geo            Role = "geo"
	Metric         Role = "metric"
	Classification Role = "classification"
)

// RoleIDs are the ids of dimensions of a role, in the order in which a document
// names them, see [Head].
type RoleIDs struct {
	Role Role
	IDs  []string
}
