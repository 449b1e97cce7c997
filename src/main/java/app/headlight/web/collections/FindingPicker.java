package app.headlight.web.collections;

import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.data.provider.Query;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A field to choose a finding by words of its title or text. */
class FindingPicker extends Div {

    private static final int PAGE = 50;

    FindingPicker(FindingSearch search, Consumer<Finding> picked) {
        addClassNames("hl-finding-picker", "hl-no-print");
        ComboBox<Finding> box = new ComboBox<>();
        box.setId("add-finding");
        box.setAriaLabel("Add a finding");
        box.setPlaceholder("Add a finding: search its title or text");
        box.setPageSize(PAGE);
        box.setClearButtonVisible(true);
        box.setItemLabelGenerator(finding -> finding.content().title() + " — "
                + finding.content().subject().model() + " "
                + finding.content().subject().which());
        box.setItems(query -> found(search, query));
        box.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                picked.accept(event.getValue());
            }
        });
        add(box);
    }

    private static Stream<Finding> found(FindingSearch search, Query<Finding, String> query) {
        String words = query.getFilter().orElse("").strip();
        FindingQuery all = FindingQuery.all(Math.min(200, query.getPageSize()));
        FindingQuery asked = words.isEmpty() ? all : all.withWords(words);
        return search.page(asked.withPage(query.getPage())).findings().stream();
    }
}
