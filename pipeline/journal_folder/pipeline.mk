# The rules of a journal: from every source in ARTICLES to BUILD/NAME/NAME.xml, and from that XML alone to
# the HTML, PDF and DOCX, and EPUB where it is asked for. Include this file; set any of these variables before it, or on the command line
# (`make STYLE=vancouver pdf`). Safe under `make -j`.
#
# A file name with a space or a sign that make or the shell reads as code (such as % : $ ; ') is beyond make:
# build that article with `jats-pipeline build`.

# What lies beside an article: its facts, bibliographies, pictures, files of a LaTeX class.
beside := toml bib ris json csl yaml yml png jpg jpeg gif svg tif tiff webp eps emf wmf pdf cls sty bst bbl
ARTICLES ?= $(filter-out $(foreach ending,$(beside),%.$(ending)),$(wildcard articles/*.*))
JOURNAL ?= $(wildcard journal.toml)
STYLE ?=
BUILD ?= build
JATS_PIPELINE ?= jats-pipeline
# What every output depends on besides.
DEPENDS ?=

names := $(basename $(notdir $(ARTICLES)))
outputs = $(foreach name,$(names),$(BUILD)/$(name)/$(name).$(1))

$(foreach source,$(ARTICLES),$(if $(wildcard $(source)),,$(error \
  There is no $(source). If its name has a space, make cannot take it; run: jats-pipeline build FILE)))
signs := $$ % : ; & | < > ( ) { } [ ] * ? ! ~ ` ' " \\ = \#
$(foreach source,$(ARTICLES),$(foreach sign,$(signs),$(if $(findstring $(sign),$(source)),$(error \
  make cannot take the $(sign) in the name $(source); rename the file, or run: jats-pipeline build FILE))))
$(foreach name,$(names),$(if $(word 2,$(filter $(name),$(names))),$(error \
  Two articles are called $(name); rename one of them)))

.DEFAULT_GOAL := all
.PHONY: all jats html pdf docx epub validate clean help force

all: html pdf docx $(call outputs,valid) ## every output of every article, and the XML validated
jats: $(call outputs,xml) ## NAME.xml
html: $(call outputs,html) ## NAME.html
pdf: $(call outputs,pdf) ## NAME.pdf
docx: $(call outputs,docx) ## NAME.docx
epub: $(call outputs,epub) ## NAME.epub

validate: $(call outputs,xml) ## check every NAME.xml and print all findings
	$(if $^,$(JATS_PIPELINE) validate $^)

clean: ## remove what was built
	rm -rf $(foreach name,$(names),$(BUILD)/$(name)) $(BUILD)/.journal $(BUILD)/.style
	@rmdir $(BUILD) 2>/dev/null || true

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# A galley with errors is not left behind. An article with errors keeps its XML (exit code 1), so that it can be
# looked at and mended, there or in the source; `all` fails until then. Mended XML may also stand in ARTICLES.
.DELETE_ON_ERROR:
convert = $(JATS_PIPELINE) convert $< -o $@ $(JOURNAL:%=--journal %) --report --depfile $@.d \
  || { test $$? -eq 1 && touch $@.errors; }
render = $(JATS_PIPELINE) render $< -o $@ $(JOURNAL:%=--journal %) $(STYLE:%=--style %) --depfile $@.d

# $(1): the source
define article
$(BUILD)/$(basename $(notdir $(1)))/$(basename $(notdir $(1))).xml: \
  $(1) $(wildcard $(basename $(1)).toml) $(JOURNAL) $(BUILD)/.journal $(DEPENDS)
	@mkdir -p $$(@D)
	$$(if $$(filter %.xml,$$<),cp $$< $$@.part && mv $$@.part $$@,$$(convert))
endef
$(foreach source,$(ARTICLES),$(eval $(call article,$(source))))

$(BUILD)/%.html: $(BUILD)/%.xml $(JOURNAL) $(BUILD)/.style $(DEPENDS)
	$(render)
$(BUILD)/%.pdf: $(BUILD)/%.xml $(JOURNAL) $(BUILD)/.style $(DEPENDS)
	$(render)
$(BUILD)/%.docx: $(BUILD)/%.xml $(JOURNAL) $(BUILD)/.style $(DEPENDS)
	$(render)
$(BUILD)/%.epub: $(BUILD)/%.xml $(JOURNAL) $(BUILD)/.style $(DEPENDS)
	$(render)
$(BUILD)/%.valid: $(BUILD)/%.xml
	$(JATS_PIPELINE) validate $<
	@test ! -e $<.errors || test $< -nt $<.errors || { echo '$<: was made with errors; mend the source or the XML' >&2; exit 1; }
	@touch $@

# The settings are remembered, so that another journal file or style makes again what depends on it.
remembered = $(if $(filter-out x$(1),x$(shell cat $(2) 2>/dev/null)),force)
$(BUILD)/.journal: $(call remembered,$(JOURNAL),$(BUILD)/.journal)
	@mkdir -p $(@D) && echo '$(JOURNAL)' > $@
$(BUILD)/.style: $(wildcard $(STYLE)) $(call remembered,$(STYLE),$(BUILD)/.style)
	@mkdir -p $(@D) && echo '$(STYLE)' > $@

# Which other files an output was made from (images, house style, NAME.toml): written by the command.
-include $(foreach name,$(names),$(wildcard $(BUILD)/$(name)/*.d))
