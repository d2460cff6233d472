/*
 * The three functions of glibc that libbonuspay.a wants and musl lacks, for programs that are linked with musl:
 * Rust's standard library and the compiler's unwinder, both built for glibc, call them.
 */
#define _GNU_SOURCE
#include <link.h>
#include <resolv.h>
#include <stdint.h>

/* What <dlfcn.h> of glibc 2.35 declares. */
struct dl_find_object {
    unsigned long long flags;
    void *map_start, *map_end, *link_map, *eh_frame;
    unsigned long long reserved[7];
};

const char *gnu_get_libc_version(void)
{
    return "2.35";
}

int __res_init(void)
{
    return res_init();
}

struct search {
    uintptr_t address;
    struct dl_find_object *found;
};

static int look_into(struct dl_phdr_info *object, size_t size, void *argument)
{
    struct search *search = argument;
    int holds_it = 0;
    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_LOAD && search->address - start < part->p_memsz) {
            holds_it = 1;
            search->found->map_start = (void *)start;
            search->found->map_end = (void *)(start + part->p_memsz);
        } else if (part->p_type == PT_GNU_EH_FRAME) {
            search->found->eh_frame = (void *)start;
        }
    }
    return holds_it;
}

/* Finds the object that holds an address, for unwinding: without it a panic could not be caught. */
int _dl_find_object(void *address, struct dl_find_object *found)
{
    struct search search = {(uintptr_t)address, found};
    found->eh_frame = NULL;
    return dl_iterate_phdr(look_into, &search) == 1 && found->eh_frame != NULL ? 0 : -1;
}
