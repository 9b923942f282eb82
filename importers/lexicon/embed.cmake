# ketnghia_embed(TARGET NAME FILES...): compiles FILES into TARGET byte for byte and generates
# "NAME.hpp", which declares for each file a std::string_view named after it (dots and dashes
# become underscores) in namespace ketnghia::embedded. The assembler's .incbin reads the bytes,
# so that a table of any size costs no compile time.
function(ketnghia_embed target name)
  set(directory ${PROJECT_BINARY_DIR}/generated)
  set(assembly "    .section .note.GNU-stack,\"\",@progbits\n    .section .rodata\n")
  set(header "#pragma once\n\n#include <string_view>\n\n")
  set(externs "")
  set(views "")
  foreach(file IN LISTS ARGN)
    get_filename_component(path ${file} ABSOLUTE)
    get_filename_component(symbol ${file} NAME)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol ${symbol})
    string(APPEND assembly "    .balign 16\n    .global ketnghia_${symbol}_begin\nketnghia_${symbol}_begin:\n"
      "    .incbin \"${path}\"\n    .global ketnghia_${symbol}_end\nketnghia_${symbol}_end:\n    .byte 0\n")
    string(APPEND externs "extern \"C\" const char ketnghia_${symbol}_begin[], ketnghia_${symbol}_end[];\n")
    string(APPEND views "inline std::string_view ${symbol}() {\n"
      "  return {ketnghia_${symbol}_begin, static_cast<std::size_t>(ketnghia_${symbol}_end - ketnghia_${symbol}_begin)};\n}\n")
    list(APPEND depends ${path})
  endforeach()
  file(GENERATE OUTPUT ${directory}/${name}.S CONTENT "${assembly}")
  file(GENERATE OUTPUT ${directory}/${name}.hpp CONTENT
    "${header}${externs}\nnamespace ketnghia::embedded {\n${views}}  // namespace ketnghia::embedded\n")
  target_sources(${target} PRIVATE ${directory}/${name}.S)
  set_source_files_properties(${directory}/${name}.S PROPERTIES OBJECT_DEPENDS "${depends}")
endfunction()
