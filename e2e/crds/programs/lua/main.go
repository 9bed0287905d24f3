// SPDX-License-Identifier: Apache-2.0

// Lua runs health checks as Argo CD does: with gopher-lua, the object as the global "obj", and of the libraries only
// base and table. It reads {"script", "objects"} in JSON from its standard input and writes what the script returns for
// each object, an array of {"status", "message"}.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	lua "github.com/yuin/gopher-lua"
)

type request struct {
	Script  string `json:"script"`
	Objects []any  `json:"objects"`
}

type health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

func main() {
	if err := answer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer() error {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return err
	}
	answers := make([]health, 0, len(asked.Objects))
	for _, object := range asked.Objects {
		found, err := check(asked.Script, object)
		if err != nil {
			return err
		}
		answers = append(answers, found)
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func check(script string, object any) (health, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		state.Push(state.NewFunction(open))
		state.Push(lua.LString(name))
		state.Call(1, 0)
	}
	state.SetGlobal("obj", value(state, object))
	if err := state.DoString(script); err != nil {
		return health{}, err
	}
	table, isTable := state.Get(-1).(*lua.LTable)
	if !isTable {
		return health{}, fmt.Errorf("the script returned %v and no table", state.Get(-1))
	}
	return health{field(table, "status"), field(table, "message")}, nil
}

func field(table *lua.LTable, name string) string {
	if text, isText := table.RawGetString(name).(lua.LString); isText {
		return string(text)
	}
	return ""
}

// value makes what JSON has into Lua's.
func value(state *lua.LState, from any) lua.LValue {
	switch from := from.(type) {
	case bool:
		return lua.LBool(from)
	case float64:
		return lua.LNumber(from)
	case string:
		return lua.LString(from)
	case []any:
		table := state.NewTable()
		for _, item := range from {
			table.Append(value(state, item))
		}
		return table
	case map[string]any:
		table := state.NewTable()
		for key, item := range from {
			table.RawSetString(key, value(state, item))
		}
		return table
	}
	return lua.LNil
}
