package app.headlight.web.learn;

import com.vaadin.flow.component.html.Anchor;
import java.util.ArrayList;
import java.util.List;

/** Links for whoever looks after a lesson. */
final class LessonLinks {

    private LessonLinks() {}

    static List<Anchor> of(String lesson, Shelf shelf) {
        List<Anchor> links = new ArrayList<>();
        if (shelf.isTeacher(lesson)) {
            Anchor group = new Anchor(LessonAddress.PATH + "/" + lesson + "/group", "How far the group is");
            group.setId("lesson-group");
            links.add(group);
        }
        if (shelf.isEditor(lesson)) {
            Anchor edit = new Anchor(LessonAddress.PATH + "/" + lesson + "/edit", "Edit");
            edit.setId("lesson-edit");
            links.add(edit);
        }
        return links;
    }
}
