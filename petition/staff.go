package petition

// Role is what a member of staff is appointed to do. One person may hold several,
// except that the three administrators (三员分立) are three people and read no case.
type Role string

const (
	Registrar       Role = "registrar"      // R 登记员
	OfficeHead      Role = "office_head"    // D 信访机构负责人
	Handler         Role = "handler"        // H 承办人
	UnitHead        Role = "unit_head"      // HL 承办单位负责人
	Leader          Role = "leader"         // L 部领导
	CadreSupervisor Role = "cadre"          // CS 干部监督
	ClosingAuditor  Role = "auditor"        // A 结案审核
	Supervisor      Role = "supervisor"     // S 督查
	SystemAdmin     Role = "system_admin"   // SYS 系统管理员
	SecurityAdmin   Role = "security_admin" // SEC 安全保密管理员
	AuditAdmin      Role = "audit_admin"    // AUD 安全审计员
)

// Roles lists every role in the order in which pages show them.
var Roles = []Role{Registrar, OfficeHead, Handler, UnitHead, Leader, CadreSupervisor,
	ClosingAuditor, Supervisor, SystemAdmin, SecurityAdmin, AuditAdmin}

// ActorKind tells people in the office from petitioners and the program itself.
type ActorKind string

const (
	ByStaff      ActorKind = "staff"
	ByPetitioner ActorKind = "petitioner"
	BySystem     ActorKind = "system"
)

// Actor is who acts. It is always an argument, never hidden in a context.
type Actor struct {
	Kind  ActorKind `json:"kind"`
	Staff ID        `json:"staff,omitzero"`
	Name  string    `json:"name,omitempty"`
	Unit  UnitID    `json:"unit,omitempty"`
	Roles []Role    `json:"roles,omitempty"`
}

// Petitioner is the actor of a message that came through the portal.
var Petitioner = Actor{Kind: ByPetitioner}

// System is the actor of what the program does by itself (a lapsed date).
var System = Actor{Kind: BySystem}

// Is tells whether the actor holds one of the roles.
func (a Actor) Is(any ...Role) bool {
	for _, have := range a.Roles {
		for _, want := range any {
			if have == want {
				return true
			}
		}
	}
	return false
}
