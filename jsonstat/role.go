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

// roles are the roles of dimensions as they are written, see [Head].
func (h *Head) roles() []RoleIDs {
	var list []RoleIDs
	at := map[Role]int{}
	add := func(role Role, id string) {
		i, ok := at[role]
		if !ok {
			i = len(list)
			at[role] = i
			list = append(list, RoleIDs{Role: role})
		}
		list[i].IDs = append(list[i].IDs, id)
	}
	roles := map[string]Role{} // by dimension, of those that are not written yet
	for _, d := range h.Dimensions {
		if role := d.given(); role != "" && role != Classification {
			roles[d.id] = role
		}
	}
	for _, r := range h.RoleOrder {
		for _, id := range r.IDs {
			if role, ok := roles[id]; ok && role == r.Role {
				add(role, id)
				delete(roles, id)
			}
		}
	}
	rest := func(want Role) {
		for _, d := range h.Dimensions {
			if role, ok := roles[d.id]; ok && (want == "" || role == want) {
				add(role, d.id)
				delete(roles, d.id)
			}
		}
	}
	for _, role := range []Role{Time, Geo, Metric, ""} {
		rest(role)
	}
	return list
}
