// Package snapshottest holds for tests whether a type's code keeps every field.
package snapshottest

import (
	"reflect"
	"slices"
	"testing"
	"unsafe"

	"github.com/faultline-http/faultline/contract/internal/snapshot"
)

// RoundTrip fills every field of a T, writes it, reads it into an empty T and
// fails if the two differ: code has forgotten a field. Values of the types in
// made are taken from there; fields called as in without stay empty.
func RoundTrip[T any](t *testing.T, code func(*T, *snapshot.Coder), made map[reflect.Type]any, without ...string) {
	t.Helper()
	in, out := new(T), new(T)
	fill(reflect.ValueOf(in).Elem(), made, without)
	w := snapshot.NewWriter()
	code(in, w)
	r, err := snapshot.NewReader(w.Bytes("test"), "test")
	if err != nil {
		t.Fatal(err)
	}
	code(out, r)
	if err := r.Done(); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(in, out) {
		t.Errorf("%T: wrote\n%+v\nread\n%+v\na field that was added must be coded too", in, in, out)
	}
}

// fill gives every field a value that is not zero, also those that are not exported.
func fill(v reflect.Value, made map[reflect.Type]any, without []string) {
	if ready, ok := made[v.Type()]; ok {
		v.Set(reflect.ValueOf(ready))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if !slices.Contains(without, v.Type().Field(i).Name) {
				f := v.Field(i)
				fill(reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem(), made, nil)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), made, nil)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), made, nil)
		fill(v.Index(1), made, nil)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, made, nil)
		fill(value, made, nil)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	default:
		fillScalar(v)
	}
}

func fillScalar(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(-7)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(7)
	default:
		panic("no value for " + v.Type().String())
	}
}
