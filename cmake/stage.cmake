# Lays libraries, models, lexicons, fonts and the page beside the binary, as the package has them: build/lib and build/share/medmark.
# Links, so that a build costs no copies.
set(MEDMARK_FALLBACK_FONT /usr/share/fonts/truetype/wqy/wqy-microhei.ttc CACHE FILEPATH
    "Stands in for CJK fonts that a PDF names but does not carry")
set(share "${CMAKE_BINARY_DIR}/share/medmark")
file(MAKE_DIRECTORY "${share}/fonts")
file(CREATE_LINK "${MEDMARK_DEPENDENCIES}/lib" "${CMAKE_BINARY_DIR}/lib" SYMBOLIC)
file(CREATE_LINK "${MEDMARK_DEPENDENCIES}/models" "${share}/models" SYMBOLIC)
file(CREATE_LINK "${PROJECT_SOURCE_DIR}/src/clinical/data" "${share}/lexicons" SYMBOLIC)
file(CREATE_LINK "${MEDMARK_FALLBACK_FONT}" "${share}/fonts/wqy-microhei.ttc" SYMBOLIC)
file(CREATE_LINK "${PROJECT_SOURCE_DIR}/web/dist" "${share}/web" SYMBOLIC)  # tools/page.sh builds it
file(CREATE_LINK "${PROJECT_SOURCE_DIR}/src/server/data" "${share}/api" SYMBOLIC)
