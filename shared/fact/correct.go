package fact

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Changes are fields of a fact that somebody corrected, by their names in the flat object, each with its new value as JSON.
// Which fields a kind lets be corrected is told by Correctable.
type Changes map[string]json.RawMessage

// FieldError says what is wrong with one field of a correction. Field may be a path, such as "count.min".
type FieldError struct {
	Field   string
	Message string
	Allowed []string // what may stand there, when that can be listed
}

func (e *FieldError) Error() string {
	if len(e.Allowed) == 0 {
		return e.Field + ": " + e.Message
	}
	return e.Field + ": " + e.Message + "; allowed: " + strings.Join(e.Allowed, ", ")
}

// Correctable lists the fields of a kind that a person may correct. What locates the fact (id, kind, document, story, evidence)
// and what the document's own words are (a date's expression) stays; a category and a TIMEX3 value follow from other fields.
func Correctable(kind Kind) []string {
	names := []string{}
	for _, c := range correctables[kind] {
		names = append(names, c.name)
	}
	return names
}

// Correct gives the fact with changed fields, or a *FieldError. Only what is changed is judged, so that changes which were
// right for a fact are right for every later reading of the same words. A count without text gets its text from its numbers.
// The id stays, though it is a hash of what was extracted.
func (f Fact) Correct(changes Changes) (Fact, error) {
	switch {
	case f.Casualty != nil:
		c := *f.Casualty
		f.Casualty = &c
	case f.Date != nil:
		d := *f.Date
		f.Date = &d
	case f.Pledge != nil:
		p := *f.Pledge
		f.Pledge = &p
	}
	known := 0
	for _, c := range correctables[f.Kind] {
		value, ok := changes[c.name]
		if !ok {
			continue
		}
		known++
		if err := c.set(&f, value); err != nil {
			return Fact{}, err
		}
	}
	if known < len(changes) {
		for _, name := range slices.Sorted(maps.Keys(changes)) {
			if !slices.Contains(Correctable(f.Kind), name) {
				return Fact{}, &FieldError{name, "cannot be corrected", Correctable(f.Kind)}
			}
		}
	}
	return f, nil
}

// correctable is a field that may be corrected.
type correctable struct {
	name string
	set  func(*Fact, json.RawMessage) error
}

// field makes a correctable that always has a value.
func field[T any](name string, at func(*Fact) *T, check func(T) *FieldError) correctable {
	return correctable{name, func(f *Fact, raw json.RawMessage) error {
		if isNull(raw) {
			return &FieldError{Field: name, Message: "cannot be null"}
		}
		return read(name, raw, check, func(v T) { *at(f) = v })
	}}
}

// optional makes a correctable that may be null: not stated.
func optional[T any](name string, at func(*Fact) **T, check func(T) *FieldError) correctable {
	return correctable{name, func(f *Fact, raw json.RawMessage) error {
		if isNull(raw) {
			*at(f) = nil
			return nil
		}
		return read(name, raw, check, func(v T) { *at(f) = &v })
	}}
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// read decodes a value strictly, judges it and hands it on.
func read[T any](name string, raw json.RawMessage, check func(T) *FieldError, use func(T)) error {
	var v T
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return &FieldError{Field: name, Message: "is not of the type that the field has"}
	}
	if err := check(v); err != nil {
		err.Field = strings.TrimSuffix(name+"."+err.Field, ".")
		return err
	}
	use(v)
	return nil
}

var attributionField = optional("attribution", func(f *Fact) **Attribution { return &f.Attribution }, func(a Attribution) *FieldError {
	if err := text(maxLabel, false)(a.Speaker); err != nil {
		return &FieldError{"speaker", err.Message, nil}
	}
	return under("stance", oneOf(Asserts, Confirms, Denies, Disputes)(a.Stance))
})

// correctables lists the fields that may be corrected, in the order in which they are applied.
var correctables = map[Kind][]correctable{
	KindCasualty: {
		field("effect", func(f *Fact) *Effect { return &f.Casualty.Effect }, oneOf(Effects...)),
		{"count", setCount},
		field("victims", func(f *Fact) *string { return &f.Casualty.Victims }, text(maxLabel, true)),
		field("event", func(f *Fact) *string { return &f.Casualty.Event }, text(maxLabel, true)),
		optional("place", func(f *Fact) **string { return &f.Casualty.Place }, code),
		optional("date", func(f *Fact) **EDTF { return &f.Casualty.Date }, edtf),
		optional("scope", func(f *Fact) **Scope { return &f.Casualty.Scope }, oneOf(ScopeTotal, ScopePart, ScopeIncrement)),
		attributionField,
	},
	KindDate: {
		{"date", setDate},
		field("event", func(f *Fact) *string { return &f.Date.Event }, text(maxLabel, false)),
		field("participants", func(f *Fact) *[]string { return &f.Date.Participants }, codes),
		field("role", func(f *Fact) *Role { return &f.Date.Role }, oneOf(RoleEvent, RoleDateline, RoleBackground)),
		attributionField,
	},
	KindPledge: {
		field("donor", func(f *Fact) *string { return &f.Pledge.Donor }, code),
		optional("recipient", func(f *Fact) **string { return &f.Pledge.Recipient }, code),
		optional("place", func(f *Fact) **string { return &f.Pledge.Place }, code),
		{"types", setTypes},
		field("status", func(f *Fact) *Status { return &f.Pledge.Status }, oneOf(Statuses...)),
		optional("condition", func(f *Fact) **string { return &f.Pledge.Condition }, text(maxClause, false)),
		optional("amount", func(f *Fact) **Money { return &f.Pledge.Amount }, money),
		optional("quantity", func(f *Fact) **Quantity { return &f.Pledge.Quantity }, quantity),
		optional("date", func(f *Fact) **EDTF { return &f.Pledge.Date }, edtf),
		attributionField,
	},
}

// setCount replaces a count whole.
func setCount(f *Fact, raw json.RawMessage) error {
	return field("count", func(f *Fact) *Count { return &f.Casualty.Count }, func(c Count) *FieldError {
		if err := c.check(); err != nil {
			return err
		}
		if c.Text == "" && c.Modifier != Vague {
			return nil
		}
		return under("text", text(maxLabel, false)(c.Text))
	}).after(func(f *Fact) {
		if c := &f.Casualty.Count; c.Text == "" {
			c.Text = c.words()
		}
	}).set(f, raw)
}

// setDate replaces a date. Its TIMEX3 value was that of the words; now it is the corrected day, month or year, and not resolved
// for an interval, which one value cannot name.
func setDate(f *Fact, raw json.RawMessage) error {
	return optional("date", func(f *Fact) **EDTF { return &f.Date.Date }, edtf).after(func(f *Fact) {
		f.Date.Timex = Timex{Type: TimexDate}
		if d := f.Date.Date; d != nil && !strings.Contains(string(*d), "/") {
			f.Date.Timex.Value = string(*d)
		}
	}).set(f, raw)
}

// setTypes replaces the types of support, and the category that the first of them has.
func setTypes(f *Fact, raw json.RawMessage) error {
	return field("types", func(f *Fact) *[]SupportType { return &f.Pledge.Types }, func(types []SupportType) *FieldError {
		var known []SupportType
		for _, t := range SupportTypes {
			known = append(known, t.Type)
		}
		for i, t := range types {
			if err := oneOf(known...)(t); err != nil {
				return err
			}
			if slices.Contains(types[:i], t) {
				return &FieldError{Message: strconv.Quote(string(t)) + " stands more than once"}
			}
		}
		if len(types) == 0 {
			return &FieldError{Message: "needs one type at least", Allowed: words(known)}
		}
		return nil
	}).after(func(f *Fact) { f.Pledge.Category = f.Pledge.Types[0].Category() }).set(f, raw)
}

// after does something more once the field is set.
func (c correctable) after(then func(*Fact)) correctable {
	set := c.set
	c.set = func(f *Fact, raw json.RawMessage) error {
		err := set(f, raw)
		if err == nil {
			then(f)
		}
		return err
	}
	return c
}
