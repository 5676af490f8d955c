/**
 * What has to change in the sources of node-quickfix 2.1.1 so that they compile against today's Node and QuickFIX 1.15.
 * Only the changes are kept here: the sources come from the package itself and stay its own.
 *
 * The package was written for V8 of Node 4 to 8, where conversions took no context and gave no Maybe, and for QuickFIX
 * 1.14, whose field maps were std::map.
 */

type Edit = (source: string) => string

const CONTEXT = 'Nan::GetCurrentContext()'

/** Offset behind the `)` that closes the `(` at `open`. */
function closing(source: string, open: number): number {
  for (let at = open, depth = 0; at < source.length; at++) {
    if (source[at] === '(') depth++
    else if (source[at] === ')' && --depth === 0) return at + 1
  }
  throw new Error('unbalanced parentheses')
}

/** Every call of `->method(…)` gets the context in front of its arguments, and `after` behind it. */
function withContext(method: string, after: string): Edit {
  return (source) => {
    const call = `->${method}(`
    let edited = ''
    let at = 0
    for (let found = source.indexOf(call); found >= 0; found = source.indexOf(call, at)) {
      const open = found + call.length - 1
      const end = closing(source, open)
      const args = withContext(method, after)(source.slice(open + 1, end - 1))
      edited += `${source.slice(at, open)}(${[CONTEXT, ...(args === '' ? [] : [args])].join(', ')})${after}`
      at = end
    }
    return edited + source.slice(at)
  }
}

const replace =
  (pattern: RegExp, by: string): Edit =>
  (source) =>
    source.replace(pattern, by)

/** In every source file, in this order. */
const EVERYWHERE: readonly Edit[] = [
  // What takes the isolate comes first: a Boolean's value is asked with it, not with a context.
  replace(/->ToBoolean\(\)->BooleanValue\(\)/g, '->BooleanValue(v8::Isolate::GetCurrent())'),
  replace(/->BooleanValue\(\)/g, '->BooleanValue(v8::Isolate::GetCurrent())'),
  replace(/\bctor->GetFunction\(\)/g, 'Nan::GetFunction(ctor).ToLocalChecked()'),
  replace(/\bHandle</g, 'Local<'),
  replace(/String::Utf8Value (\w+)\(/g, 'Nan::Utf8String $1('),
  // node::ObjectWrap is no longer in reach, and was the wrong one.
  replace(/(?<!Nan::)\bObjectWrap::Unwrap/g, 'Nan::ObjectWrap::Unwrap'),
  withContext('ToObject', '.ToLocalChecked()'),
  withContext('ToString', '.ToLocalChecked()'),
  withContext('ToInteger', '.ToLocalChecked()'),
  withContext('Int32Value', '.FromJust()'),
  withContext('Uint32Value', '.FromJust()'),
  withContext('GetPropertyNames', '.ToLocalChecked()'),
  withContext('GetOwnPropertyNames', '.ToLocalChecked()'),
  withContext('NewInstance', '.ToLocalChecked()'),
  withContext('Has', '.FromJust()'),
  withContext('Get', '.ToLocalChecked()'),
  withContext('Set', '.Check()'),
  // Callbacks of workers run in the worker's own async context.
  replace(/callback->Call\(1, argv\)/g, 'callback->Call(1, argv, async_resource)')
]

/** In one file each. */
const IN_FILE: Readonly<Record<string, readonly Edit[]>> = {
  'FixMessageUtil.h': [
    // QuickFIX 1.15 keeps fields in a vector: the iterator points at a field, no longer at a pair.
    replace(/FIX::FieldMap::iterator it\b/g, 'auto it'),
    replace(/\(it->first\), (.*)it->second\.getString/g, '(it->getTag()), $1it->getString'),
    replace(/FIX::FieldMap::g_iterator it\b/g, 'auto it')
  ],
  'node_quickfix.cpp': [
    // The event loop's handle must be made on the loop's own thread, not by QuickFIX's first callback.
    replace(/(using namespace v8;)/, '#include "Dispatcher.h"\n$1'),
    replace(/(FixSession::Initialize\(\);)/, '$1\n\tDispatcher::getInstance();')
  ]
}

/** The source of a file of the package as it compiles. */
export function edited(file: string, source: string): string {
  return [...EVERYWHERE, ...(IN_FILE[file] ?? [])].reduce((text, edit) => edit(text), source)
}

/** How the package is to be compiled: with Node's own flags, the compatibility headers, and NAN from where it lies. */
export function editedGyp(source: string, nan: string, compat: string): string {
  return source
    .replace(/'-std=c\+\+11'/, '')
    .replace(`"<!(node -e \\"require('nan')\\")"`, `'${nan}', '${compat}'`)
    .replace(/'-lxml2',\s*'-lz'/, '')
    .replace(
      /'cflags_cc': \[ '-fexceptions' \]/,
      `'cflags_cc': [ '-fexceptions', '-w', '-include', '${compat}/compat.h' ]`
    )
}

/**
 * Included in front of everything. The headers of Debian's QuickFIX 1.15 use exception specifications, which C++17
 * removed and Node's headers ask for C++17: behind the headers of both, `throw (…)` is compiled as nothing. QuickFIX's
 * own throw statements name a type before the parenthesis, so they stay.
 */
export const COMPAT_H = `#pragma once
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <deque>
#include <exception>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>
#include <node.h>
#include <nan.h>
#include <uv.h>
#define throw(...)
`

/** QuickFIX is configured when it is built; Debian does not ship the result. Nothing optional is asked for here. */
export const CONFIG_H = `#pragma once
`
