package dev.longe.workspace;

import dev.longe.workspace.SetupInputs.Unless;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that install commands read, and what in them names more of the repository. */
final class InstallFiles {
  private InstallFiles() {}

  /** Files from which version managers take the release of a program. */
  static final List<String> RELEASES =
      List.of(
          ".tool-versions",
          ".python-version",
          ".nvmrc",
          ".node-version",
          ".go-version",
          ".java-version",
          ".sdkmanrc",
          "mise*.toml",
          ".mise*.toml",
          "/.mise/**",
          "/mise/**",
          "/.config/mise*",
          "/.config/mise/**",
          "rust-toolchain*");

  static final List<String> NPM =
      List.of("/package.json", "/package-lock.json", "/npm-shrinkwrap.json", "/.npmrc");
  static final List<String> NPM_NEVER = List.of("/binding.gyp", "/node_modules/**");

  private static final String BLANK = "[ \t]*";
  private static final String SETTINGS =
      "audit|fund|progress|save-exact|engine-strict|legacy-peer-deps|strict-peer-deps|optional|package-lock|update-notifier|prefer-offline";

  static final List<Unless> NPM_UNLESS =
      List.of(
          new Unless("/package.json", "\"(pre|post)?(install|prepare|prepublish)\""),
          new Unless("/package.json", "\"(pre|post)dependencies\""),
          // a script, not the object of this name
          new Unless("/package.json", "\"dependencies\"" + BLANK + "(:" + BLANK + ")?(\"|\r?$)"),
          new Unless("/package.json", "\"workspaces\""),
          new Unless("/*.json", "(file|link|portal|workspace):"),
          new Unless("/*.json", "\"link\""),
          new Unless("/*.json", "\\\\u"),
          Unless.only(
              "/.npmrc",
              "^[ \t]*([#;][ -~\t]*|(@[A-Za-z0-9._-]+:)?registry[ \t]*=[ "
                  + "\t]*https?://[!-~]+|//[!-<>-~]+:(_authToken|_auth|username|_password|email|always-auth)["
                  + " \t]*=[ -~]*"
                  + ("|(" + SETTINGS + ")[ \t]*=[ \t]*(true|false))?[ \t\r]*$")));

  /** Scripts of packages may read files of the repository. Old lock files do not name them. */
  static final List<Unless> NPM_SCRIPTS =
      List.of(
          new Unless("/*.json", "\"hasInstallScript\""),
          new Unless("/*.json", "\"lockfileVersion\"" + BLANK + ":" + BLANK + "1[^0-9]*$"));

  /**
   * The modules that {@code python3 -m} may load. It looks for them first in the directory in which
   * it is started.
   */
  private static final String MODULES =
      "{_*,abc,aifc,annotationlib,argparse,array,ast,asynchat,asyncio,asyncore,atexit,base64,bdb,"
          + "binascii,bisect,builtins,bz2,cProfile,calendar,cgi,cgitb,chunk,cmath,cmd,code,codecs,"
          + "codeop,collections,colorsys,compileall,compression,concurrent,configparser,contextlib,"
          + "contextvars,copy,copyreg,crypt,csv,ctypes,curses,dataclasses,datetime,dbm,decimal,"
          + "difflib,dis,distutils,doctest,email,encodings,ensurepip,enum,errno,faulthandler,fcntl,"
          + "filecmp,fileinput,fnmatch,formatter,fractions,ftplib,functools,gc,genericpath,getopt,"
          + "getpass,gettext,glob,graphlib,grp,gzip,hashlib,heapq,hmac,html,http,imaplib,imghdr,imp,"
          + "importlib,inspect,io,ipaddress,itertools,json,keyring,keyword,linecache,locale,logging,"
          + "lzma,mailbox,mailcap,marshal,math,mimetypes,mmap,modulefinder,multiprocessing,netrc,"
          + "nis,nntplib,ntpath,nturl2path,numbers,opcode,operator,optparse,os,parser,pathlib,pdb,"
          + "pickle,pickletools,pip,pipes,pkg_resources,pkgutil,platform,plistlib,poplib,posix,"
          + "posixpath,pprint,profile,pstats,pty,pwd,py_compile,pyclbr,pydoc,pyexpat,queue,quopri,"
          + "random,re,readline,reprlib,resource,rlcompleter,runpy,sched,secrets,select,selectors,"
          + "setuptools,shelve,shlex,shutil,signal,site,sitecustomize,smtplib,sndhdr,socket,"
          + "socketserver,sqlite3,sre_compile,sre_constants,sre_parse,ssl,stat,statistics,string,"
          + "stringprep,struct,subprocess,symbol,symtable,sys,sysconfig,syslog,tabnanny,tarfile,"
          + "tempfile,termios,textwrap,threading,time,timeit,token,tokenize,toml,tomllib,trace,"
          + "traceback,tracemalloc,truststore,tty,types,typing,unicodedata,unittest,urllib,"
          + "usercustomize,uu,uuid,venv,warnings,wave,weakref,webbrowser,wheel,wsgiref,xdrlib,xml,"
          + "xmlrpc,zipapp,zipfile,zipimport,zlib,zoneinfo}";

  static final List<String> PYTHON_NEVER =
      List.of("/" + MODULES + ".{py,pyc,so,*.so}", "/" + MODULES + "/__init__.*");

  private static final String VERSION =
      "(===|==|~=|!=|<=|>=|<|>)" + BLANK + "[A-Za-z0-9.*+!_-]+" + BLANK;
  private static final String REQUIREMENT =
      "[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9 ,._-]*\\])?"
          + BLANK
          + ("(" + VERSION + "(," + BLANK + VERSION + ")*)?")
          + "(;[A-Za-z0-9_.,'\"<>=!~() \t-]*)?";
  private static final String HASH = "--hash=[a-z0-9]+:[0-9a-f]+";
  private static final String REQUIREMENTS =
      "^[ \t]*(#[ -~\t]*|((%s([ \t]+%s)*|%s|--require-hashes)([ \t]+\\\\|[ \t]+#[ -~\t]*)?)?[ \t]*)\r?$"
          .formatted(REQUIREMENT, HASH, HASH);
  private static final String ARCHIVE =
      Stream.of("whl", "zip", "tar", "tgz", "tbz", "txz", "tlz", "gz", "bz2", "xz", "lz", "lzma")
          .map(InstallFiles::anyCase)
          .collect(Collectors.joining("|", "\\.(", ")([^A-Za-z0-9]|$)"));

  private static String anyCase(String text) {
    return text.chars()
        .mapToObj(Character::toString)
        .map(c -> "[" + c + c.toUpperCase(Locale.ROOT) + "]")
        .collect(Collectors.joining());
  }

  /** What a file of requirements may contain: names of packages, with versions and hashes. */
  static List<Unless> requirements(String glob) {
    return List.of(
        Unless.only(glob, REQUIREMENTS),
        new Unless(glob, ARCHIVE, Optional.of("^[ \t]*#")),
        new Unless(glob, "coding[:=]")); // a comment that names another encoding
  }

  static final List<String> GO = List.of("go.mod", "go.sum", "go.work", "go.work.sum");

  static final List<String> CARGO = List.of("Cargo.toml", "Cargo.lock");

  /** Its configuration may name programs and directories. */
  static final List<String> CARGO_NEVER = List.of("/.cargo/**");

  static final List<Unless> CARGO_UNLESS =
      List.of(new Unless("Cargo.toml", "file:"), new Unless("rust-toolchain*", "path"));

  /** A module, and a parent, may have another name than {@code pom.xml}. */
  static final List<String> MAVEN = List.of("*.xml", "*.pom");

  /** Options, and extensions, which are code; but not the wrapper in a directory of its own. */
  static final List<String> MAVEN_NEVER = List.of("/.mvn/*");

  static final List<Unless> MAVEN_UNLESS =
      List.of(
          new Unless(
              "{*.xml,*.pom}", "<(file|exists|missing|systemPath|extension|extensions)[ >]|file:"));
}
