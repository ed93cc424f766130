package org.voucherledger.api.reads;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.voucherledger.domain.command.Field;

/** Each request has a name, the caller's own or one made here, told back in the answer. */
@Component
class RequestId implements HandlerInterceptor, WebMvcConfigurer {

    static final String HEADER = "Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String named = request.getHeader(HEADER);
        String id = named == null ? UUID.randomUUID().toString() : Field.id(HEADER, named);
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        return true;
    }

    static String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
