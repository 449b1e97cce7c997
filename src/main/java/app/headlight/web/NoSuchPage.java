package app.headlight.web;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import jakarta.servlet.http.HttpServletResponse;

/** The page for an address that no screen has. */
@ParentLayout(MainLayout.class)
@PageTitle("Headlight")
public class NoSuchPage extends EmptyPage implements HasErrorParameter<NotFoundException> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        say("There is no page “" + event.getLocation().getPath() + "” here.");
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
